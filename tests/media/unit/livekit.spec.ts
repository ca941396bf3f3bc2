import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { RoomServiceClient, TokenVerifier } from 'livekit-server-sdk'
import { builtBinaryPath, findLivekitBinary } from '../../../app/sessions/media/livekit_binary.ts'
import { livekitConfiguration } from '../../../app/sessions/media/livekit_config.ts'
import { LivekitServer } from '../../../app/sessions/media/livekit_supervisor.ts'
import { openMediaServer } from '../../../app/sessions/media/media_server.ts'
import { MediaRooms } from '../../../app/sessions/media/media_rooms.ts'
import { mintRecorderToken, mintRoomToken, roomGrant } from '../../../app/sessions/media/media_tokens.ts'
import { PROJECT_ROOT } from '../support/meeting.ts'

const ENDPOINT = { url: 'ws://127.0.0.1:1', apiKey: 'key', apiSecret: 'x'.repeat(40) }

test.group('Grants', () => {
  const grant = (
    role: Parameters<typeof roomGrant>[0]['role'],
    phase: 'open' | 'closed',
    scribeAdmitted = false
  ) => roomGrant({ room: 'r', role, phase, scribeAdmitted })

  test('MEET-7: closed deliberation sends the parties out, and admits a scribe by the leader’s leave', ({
    assert,
  }) => {
    assert.isTrue(grant('leader', 'closed')!.canPublish)
    assert.isTrue(grant('expert', 'closed')!.canPublish)
    assert.isNull(grant('party', 'closed'))
    assert.isNull(grant('scribe', 'closed'))
    assert.exists(grant('scribe', 'closed', true))
  })

  test('MEET-7: a supervisor watches, the deliberation too, and everybody sees it', ({ assert }) => {
    const supervisor = grant('supervisor', 'open')!
    assert.isFalse(supervisor.canPublish)
    assert.isFalse(supervisor.hidden)
    assert.isTrue(supervisor.canSubscribe)
    assert.deepEqual(grant('supervisor', 'closed'), supervisor)
  })

  test('tokens are for one room and minutes', async ({ assert }) => {
    const token = await mintRoomToken(ENDPOINT, {
      room: 'r',
      identity: 'a',
      name: '王',
      role: 'party',
      phase: 'open',
    })
    const claims = await new TokenVerifier(ENDPOINT.apiKey, ENDPOINT.apiSecret).verify(token!)
    assert.equal(claims.video?.room, 'r')
    assert.isUndefined(claims.video?.roomAdmin)
    assert.isAtMost(claims.exp! - claims.nbf!, 120)
    const recorder = await mintRecorderToken(ENDPOINT, 'r')
    const { video } = await new TokenVerifier(ENDPOINT.apiKey, ENDPOINT.apiSecret).verify(recorder)
    assert.include(video, {
      hidden: true,
      recorder: true,
      canPublish: false,
      canSubscribe: true,
      canPublishData: false,
    })
  })
})

test.group('Finding livekit-server', (group) => {
  let root = ''
  group.each.setup(async () => {
    root = await mkdtemp(join(tmpdir(), 'livekit-'))
    await mkdir(join(root, 'media'))
    await writeFile(join(root, 'media', 'go.sum'), 'one')
    return () => rm(root, { recursive: true })
  })

  async function program(path: string): Promise<string> {
    await mkdir(join(path, '..'), { recursive: true })
    await writeFile(path, '#!/bin/sh\n')
    await chmod(path, 0o755)
    return path
  }

  test('the environment first, then PATH, then the one built before', async ({ assert }) => {
    const named = await program(join(root, 'named'))
    const onPath = await program(join(root, 'bin', 'livekit-server'))
    const built = await program(await builtBinaryPath(root))
    const PATH = join(root, 'bin')
    const find = (env: NodeJS.ProcessEnv) => findLivekitBinary({ projectRoot: root, env, build: false })
    assert.deepEqual(await find({ PATH, LIVEKIT_SERVER_BIN: named }), {
      ok: true,
      value: { path: named, source: 'environment' },
    })
    assert.deepEqual(await find({ PATH }), { ok: true, value: { path: onPath, source: 'path' } })
    assert.deepEqual(await find({ PATH: '' }), { ok: true, value: { path: built, source: 'built_before' } })
  })

  test('a binary of another pin is not taken', async ({ assert }) => {
    await program(await builtBinaryPath(root))
    await writeFile(join(root, 'media', 'go.sum'), 'two')
    const found = await findLivekitBinary({ projectRoot: root, env: { PATH: '' }, build: false })
    assert.isFalse(found.ok)
  })

  test('without any the app runs on and says why there is no video', async ({ assert }) => {
    const server = openMediaServer({ projectRoot: root, env: { PATH: '' }, build: false })
    await new Promise<void>((resolve) => server.onHealth(() => resolve()))
    assert.include(server.health, { state: 'unavailable', reason: 'go_missing' })
    const created = await new MediaRooms(server).create({ name: 'r', maxParticipants: 5, metadata: '' })
    assert.deepEqual(created, { ok: false, error: { code: 'media_unavailable', detail: 'no media server' } })
  })

  test('somebody else’s server is used as it is, and not with a weak secret', ({ assert }) => {
    const env = {
      LIVEKIT_URL: 'wss://media.example',
      LIVEKIT_API_KEY: 'k',
      LIVEKIT_API_SECRET: 's'.repeat(32),
    }
    assert.equal(openMediaServer({ projectRoot: root, env }).endpoint?.url, 'wss://media.example')
    const weak = openMediaServer({ projectRoot: root, env: { ...env, LIVEKIT_API_SECRET: 'short' } })
    assert.include(weak.health, { state: 'unavailable', reason: 'not_configured' })
  })
})

test.group('The server as a child', (group) => {
  group.each.timeout(300_000)

  test('on the loopback interface alone, unless another address is given', ({ assert }) => {
    const ports = { signal: 1, media: 2 }
    const loopback = JSON.parse(livekitConfiguration({ ports, credentials: ENDPOINT }))
    assert.deepEqual(loopback.bind_addresses, ['127.0.0.1'])
    assert.equal(loopback.rtc.tcp_port, 0)
    const wide = JSON.parse(livekitConfiguration({ ports, credentials: ENDPOINT, nodeIp: '192.0.2.7' }))
    assert.equal(wide.rtc.node_ip, '192.0.2.7')
    assert.isFalse(wide.rtc.enable_loopback_candidate)
  })

  test('killed, it is back with its rooms; stopped, it is gone', async ({ assert }) => {
    const binary = await findLivekitBinary({ projectRoot: PROJECT_ROOT, onProgress: console.log })
    assert.isTrue(binary.ok)
    if (!binary.ok) return
    const server = await LivekitServer.start({ binary: binary.value.path })
    const rooms = new MediaRooms(server)
    assert.isTrue((await rooms.create({ name: 'one', maxParticipants: 5, metadata: '' })).ok)
    const first = server.pid!
    const states: string[] = []
    const back = new Promise<void>((resolve) => {
      server.onHealth((health) => {
        states.push(health.state)
        if (health.state === 'running') resolve()
      })
    })
    process.kill(first, 'SIGKILL')
    await back
    assert.deepEqual(states, ['restarting', 'running'])
    assert.notEqual(server.pid, first)
    const { apiKey, apiSecret, url } = server.endpoint
    const listed = await new RoomServiceClient(url.replace('ws', 'http'), apiKey, apiSecret).listRooms()
    assert.deepEqual(
      listed.map(({ name }) => name),
      ['one']
    )
    const removed = await rooms.remove('one', 'nobody')
    assert.isFalse(removed.ok)
    if (!removed.ok) assert.equal(removed.error.code, 'not_in_room')
    const last = server.pid!
    await server.stop()
    assert.isFalse(isAlive(last))
    assert.equal(server.health.state, 'unavailable')
  })

  test('a server that ends at once is told as crashing, and stopping it ends the attempts', async ({
    assert,
  }) => {
    const server = await LivekitServer.start({ binary: '/bin/false' })
    assert.include(server.health, { state: 'unavailable', reason: 'crashing' })
    await server.stop()
  })

  test('it does not outlive a killed parent', async ({ assert }) => {
    const parent = spawn(
      process.execPath,
      [
        '--input-type=module-typescript',
        '--eval',
        `import { spawnGuarded } from './app/sessions/media/guarded_child.ts'
         console.log(spawnGuarded('/bin/sleep', ['60'], process.env).pid)
         setInterval(() => undefined, 1000)`,
      ],
      { cwd: PROJECT_ROOT, stdio: ['ignore', 'pipe', 'inherit'] }
    )
    const [line] = await once(parent.stdout, 'data')
    const pid = Number(line.toString())
    assert.isTrue(isAlive(pid))
    parent.kill('SIGKILL')
    for (let tries = 0; isAlive(pid) && tries < 100; tries += 1) await sleep(20)
    assert.isFalse(isAlive(pid))
  })
})

/** A killed process whose new parent has not asked for it yet is a zombie: dead all the same. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  return !/^State:\s+Z/m.test(processStatus(pid))
}

function processStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return 'State:\tZ'
  }
}
