import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'
import { sha256, toHex, utf8 } from '#lib/bytes'
import { formatVerifierKey, KEY_TYPE, signerKey } from '#lib/tlog/keys'
import {
  ledgerFiles,
  LOG,
  madeEntries,
  WITNESS,
  type LedgerFiles,
  type Signers,
} from '#tests/support/made_ledger'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const ENTRIES = madeEntries(700)
const OTHER = madeEntries(700, 1)
const STRANGER = signerKey(LOG.name, KEY_TYPE.ed25519, sha256(utf8('stranger')))
const WITNESS_PATH = `/witness/${toHex(sha256(utf8(LOG.name)))}/checkpoint`

/** Not synchronously: the log is served from this process. */
function run(args: string[]): Promise<{ exit: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    let output = ''
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    const keep = (chunk: Buffer) => (output += chunk.toString())
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', reject)
    child.once('close', (exit) => resolve({ exit, output }))
  })
}

test.group('npm run monitor', (group) => {
  let directory: string
  let files: LedgerFiles
  let seen: Uint8Array | null
  let status = 200
  let silent = false
  /** A site that answers every address with its own page. */
  let page = false
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    if (page)
      return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html>')
    const body = path === WITNESS_PATH ? seen : files[path.slice('/log/'.length)]
    const found = body ? 200 : silent ? 503 : 404
    return response.writeHead(status !== 200 ? status : found).end(body ?? '')
  })
  let url: string

  group.setup(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return () => void server.close()
  })
  group.each.setup(() => {
    directory = mkdtempSync(join(tmpdir(), 'lz-monitor-'))
    writeFileSync(join(directory, 'keys.vkey'), `${formatVerifierKey(LOG)}\n${formatVerifierKey(WITNESS)}\n`)
    ;[seen, status, silent, page] = [null, 200, false, false]
    return () => rmSync(directory, { recursive: true })
  })
  group.each.timeout(120_000)

  const state = () => join(directory, 'state.json')
  const serve = (count: number, entries = ENTRIES, signers?: Signers) => {
    files = ledgerFiles(entries.slice(0, count), signers)
  }
  const monitor = async (...more: string[]) => {
    const args = [
      '--import=./bin/typescript.mjs',
      'bin/monitor.ts',
      `${url}/log/`,
      '--state',
      state(),
      '--json',
    ]
    const trust = ['--trust', join(directory, 'keys.vkey')]
    const { exit, output } = await run([...args, ...trust, ...more])
    return { exit, said: output.startsWith('{') ? JSON.parse(output) : output }
  }
  const faultOf = async (...more: string[]) => {
    const before = existsSync(state()) ? readFileSync(state(), 'utf8') : null
    const { exit, said } = await monitor(...more)
    const kept = existsSync(state()) ? readFileSync(state(), 'utf8') : null
    if (exit !== 1 || kept !== before) throw new Error(`${exit} ${JSON.stringify(said)}`)
    return said.fault.code as string
  }

  test('follows a log that grows, entry by entry, across tiles and rounds', async ({ assert }) => {
    for (const [from, size] of [
      [0, 3],
      [3, 3],
      [3, 256],
      [256, 700],
    ] as const) {
      serve(size)
      const { exit, said } = await monitor()
      assert.equal(exit, 0, JSON.stringify(said))
      assert.deepInclude(said, { ok: true, origin: LOG.name, from, size })
      assert.deepEqual(said.cosignedAt, ['2026-03-12T16:00:00.000Z'])
    }
  })

  test('a web page in the place of the log: nothing is said of the log, and nothing kept as proof', async ({
    assert,
  }) => {
    serve(3)
    page = true
    const { exit, said } = await monitor()
    assert.equal(exit, 2)
    assert.match(said, /ends in \/log/)
    assert.isFalse(existsSync(`${state()}.refused`))
  })

  test('without a witness’s key among the pinned ones it says that its cosignature was not checked', async ({
    assert,
  }) => {
    serve(3)
    const keys = join(directory, 'log.vkey')
    writeFileSync(keys, `${formatVerifierKey(LOG)}\n`)
    const args = ['--import=./bin/typescript.mjs', 'bin/monitor.ts', `${url}/log`, '--state', state()]
    const { exit, output } = await run([...args, '--trust', keys, '--lang', 'en'])
    assert.equal(exit, 0, output)
    assert.include(output, 'cosignature not checked')
    const misused = await run([...args, '--lang', 'en'])
    assert.equal(misused.exit, 2)
    assert.match(misused.output, /^--trust\n/)
  })

  test('a log rolled back, forked, or forked and grown: 1, and what it showed is kept', async ({
    assert,
  }) => {
    serve(300)
    assert.equal((await monitor()).exit, 0)
    serve(299)
    assert.equal(await faultOf(), 'log_rolled_back')
    assert.deepEqual(new Uint8Array(readFileSync(`${state()}.refused`)), files.checkpoint)
    serve(300, OTHER)
    assert.equal(await faultOf(), 'log_forked')
    serve(600, [...ENTRIES.slice(0, 299), ...OTHER.slice(299)])
    assert.include(['log_forked', 'log_streams'], await faultOf())
    serve(301)
    assert.equal((await monitor()).exit, 0)
  })

  test('entries or tiles that are not those of the tree', async ({ assert }) => {
    serve(300)
    await monitor()
    serve(600)
    const swapped = ledgerFiles(OTHER.slice(0, 600))
    files['tile/entries/001'] = swapped['tile/entries/001']!
    assert.include(['log_entries', 'log_streams'], await faultOf())
    serve(600)
    const shifted = ENTRIES.toSpliced(400, 1)
    files = { ...ledgerFiles(shifted), checkpoint: files.checkpoint! }
    assert.equal((await monitor()).exit, 1)
  })

  test('signed, and yet a stream does not hold together', async ({ assert }) => {
    serve(300)
    await monitor()
    serve(600, ENTRIES.toSpliced(400, 1))
    assert.equal(await faultOf(), 'log_streams')
  })

  test('signatures of others, and none of the witness', async ({ assert }) => {
    serve(5, ENTRIES, { log: STRANGER, witness: WITNESS })
    assert.equal(await faultOf(), 'log_signature')
    serve(5, ENTRIES, { log: LOG, witness: null })
    assert.equal(await faultOf(), 'log_not_cosigned')
    writeFileSync(join(directory, 'keys.vkey'), `${formatVerifierKey(LOG)}\n`)
    assert.equal((await monitor()).exit, 0)
  })

  test('the witness has seen more, or another log: visitors are shown different ones', async ({ assert }) => {
    serve(600)
    seen = files.checkpoint!
    serve(500)
    assert.equal(await faultOf('--witness', `${url}/witness`), 'witness_saw_more')
    serve(400, OTHER)
    seen = files.checkpoint!
    serve(500)
    assert.equal(await faultOf('--witness', `${url}/witness/`), 'witness_saw_another_log')
    serve(400)
    seen = files.checkpoint!
    serve(500)
    assert.equal((await monitor('--witness', `${url}/witness`)).exit, 0)
  })

  test('a signed checkpoint whose files are kept back: 1, and every fork that was shown is kept', async ({
    assert,
  }) => {
    serve(300)
    await monitor()
    const notes = () => {
      const folder = `${state()}.notes`
      return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    }
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
    assert.deepEqual(notes(), [])
    serve(600, [...ENTRIES.slice(0, 299), ...OTHER.slice(299)])
    const fork = files.checkpoint!
    files = { checkpoint: fork }
    assert.equal(await faultOf(), 'log_withheld')
    assert.deepEqual(new Uint8Array(readFileSync(`${state()}.refused`)), fork)
    serve(500, OTHER)
    const second = files.checkpoint!
    files = { checkpoint: second }
    silent = true
    assert.equal((await monitor()).exit, 2)
    assert.sameMembers(notes(), [text(fork), text(second)])
    // Back to the log that was followed, as if nothing had been: each is named, and stays.
    silent = false
    serve(700)
    assert.equal(await faultOf(), 'log_forked')
    assert.equal(await faultOf(), 'log_forked')
    assert.equal((await monitor()).exit, 0)
    assert.sameMembers(notes(), [text(fork), text(second)])
  })

  test('nobody answers, files missing, a state of somebody else’s: 2, which says nothing of the log', async ({
    assert,
  }) => {
    serve(300)
    status = 503
    assert.equal((await monitor()).exit, 2)
    status = 200
    delete files.checkpoint
    const missing = await monitor()
    assert.equal(missing.exit, 2)
    assert.match(missing.said, /checkpoint/)
    serve(300)
    await monitor()
    const text = readFileSync(state(), 'utf8')
    for (const bad of [
      '{}',
      text.slice(0, -3),
      text.replace('"size":300', '"size":299'),
      text.replace(/\\n300\\n/, '\\n299\\n'),
    ]) {
      writeFileSync(state(), bad)
      assert.equal((await monitor()).exit, 2, bad.slice(0, 40))
      assert.equal(readFileSync(state(), 'utf8'), bad)
    }
    const empty = join(directory, 'empty')
    writeFileSync(empty, '')
    assert.equal((await monitor('--trust', empty)).exit, 2)
    assert.equal((await monitor('--trust', join(directory, 'nothing'))).exit, 2)
  })
})
