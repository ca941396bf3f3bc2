import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { runStep } from '#bin/platform/run_step'
import { canonicalJson } from '#lib/canonical_json'
import { roundAfter } from '#lib/draw/beacon'
import { verifyDrawEvidence } from '#lib/draw/verify_evidence'
import { timeOfRound } from '#lib/drand'
import { ace } from '#tests/support/ace'
import { beaconInstallation, type BeaconInstallation } from '#tests/support/beacon_installation'
import { ROOT, testInstance, type TestInstance } from '#tests/support/cluster'
import {
  answer,
  completed,
  drawn,
  expertOf,
  invited,
  readyPlan,
  signInHosts,
  until,
  type Hosts,
} from '#tests/support/draw_life'
import { visitor } from '#tests/support/person'
import { publishedTrust } from '#tests/support/published_trust'
import { WitnessProxy } from '#tests/support/witness_proxy'

test.group('DRAW-9: draws of level L3, over a beacon', (group) => {
  let app: TestInstance
  let hosts: Hosts
  let installation: BeaconInstallation
  let { first, second, beacon, other } = {} as BeaconInstallation
  let proxy: WitnessProxy
  let folder: string
  let draw: any

  group.setup(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lunzheng-beacon-'))
    installation = await beaconInstallation()
    ;({ first, second, beacon, other } = installation)
    app = await testInstance({ start: false, environment: { ...installation.environment, MEDIA: 'off' } })
    proxy = await WitnessProxy.to(app.instance.environment.WITNESS_URL!)
    app.instance.environment.WITNESS_URL = proxy.url
    await app.instance.startApp()
    hosts = await signInHosts(app.url)
    return async () => {
      installation.close()
      proxy.close()
      await app.stop()
      rmSync(folder, { recursive: true })
    }
  })
  group.each.setup(() => {
    for (const server of [first, second]) server.mood = 'honest'
    first.asked.length = 0
  })
  group.each.timeout(90_000)

  const view = async (id = draw.id) => (await hosts.organiser.get(`/api/draws/${id}`)).body
  const evidenceOf = async (id = draw.id) => (await hosts.organiser.get(`/api/draws/${id}/evidence`)).body
  const trust = async () => publishedTrust((await (await visitor(app.url)).get('/api/public/draw-keys')).body)
  const restart = async () => {
    app.instance.app!.kill('SIGKILL')
    await new Promise((resolve) => app.instance.app!.once('exit', resolve))
    await app.instance.startApp()
    hosts = await signInHosts(app.url)
  }

  test('a draw is made with the round that follows from the log; a forged value is refused, another server asked', async ({
    assert,
  }) => {
    first.mood = 'other_chain'
    draw = await drawn(hosts.organiser, (await readyPlan(hosts, '甲')).reviewId)
    assert.equal(draw.level, 'L3')
    const { awaited, signature, value, isQuicknet } = draw.beacon
    const round = roundAfter(beacon.chain, Date.parse(awaited.time) / 1000)
    assert.deepEqual([awaited.round, isQuicknet], [round, false])
    assert.equal(Date.parse(awaited.due) / 1000, timeOfRound(beacon.chain, round))
    assert.include(awaited.url, `/${beacon.chain.chain}/public/${round}`)
    assert.equal(signature, beacon.sign(round))
    assert.match(value, /^[0-9a-f]{64}$/)
    assert.isAtLeast(first.asked.length, 1)

    const evidence = await evidenceOf()
    const verified = verifyDrawEvidence(evidence, await trust())
    assert.equal(verified.verdict, 'genuine', canonicalJson(verified.checks.filter(({ ok }) => !ok) as never))
    assert.equal(verified.level, 'L3')
    assert.isAbove(evidence.awaited.index, evidence.commit.index)
    const centre = await visitor(app.url)
    const open = await centre.get(`/api/public/draws/${draw.number}`)
    assert.deepEqual([open.body.beacon.signature, open.body.fingerprints.witnessProof], [signature, null])
  })

  test('npm run verify takes its evidence for genuine under the pinned beacon, and not under another key', async ({
    assert,
  }) => {
    const file = join(folder, 'evidence.json')
    writeFileSync(file, canonicalJson(await evidenceOf()))
    const verify = async (keys: string) => {
      const command = ['--import=./bin/typescript.mjs', 'bin/verify.ts', file, '--trust', keys, '--json']
      const { exit, results } = JSON.parse((await runStep(process.execPath, command, { cwd: ROOT })).output)
      return { exit, failed: results[0].steps.filter(({ ok }: any) => !ok).map(({ code }: any) => code) }
    }
    const pinned = join(app.instance.options.varDir, 'trust')
    assert.deepEqual(await verify(pinned), { exit: 0, failed: [] })
    const others = join(folder, 'trust')
    cpSync(pinned, others, { recursive: true })
    const chain = { ...other.chain, chain: beacon.chain.chain }
    const name = `beacon-${beacon.chain.chain}.json`
    writeFileSync(join(others, name), JSON.stringify({ party: 'beacon', chain }))
    assert.deepEqual(await verify(others), { exit: 1, failed: ['beacon_key_trusted'] })
  })

  test('a replacement takes a round of its own; without the beacon its place waits and says for which', async ({
    assert,
  }) => {
    await invited(hosts.organiser, draw)
    for (const server of [first, second]) server.mood = 'down'
    const [seat] = draw.seats
    await answer(await expertOf(app, seat.id), seat.id, { answer: 'decline', reasonCode: 'away' })
    const refillOf = (body: any) => body.seats.find((one: any) => one.id === seat.id).refill
    const waiting = await until(
      view,
      (body) => refillOf(body)?.awaited?.code === 'beacon_unreachable',
      'the wait of the place'
    )
    const { round } = refillOf(waiting).awaited
    assert.isAtLeast(round, draw.beacon.awaited.round)
    second.mood = 'honest'
    const filled = await until(view, (body) => body.replacements === 1, 'the replacement')
    assert.lengthOf(filled.seats, 11)
    const evidence = await evidenceOf()
    const [{ replacement }] = evidence.departures
    assert.equal(replacement.proofs.beacon.signature, beacon.sign(round))
    assert.equal(verifyDrawEvidence(evidence, await trust()).verdict, 'genuine')
    const spliced = { ...evidence, awaited: replacement.awaited }
    const { checks } = verifyDrawEvidence(spliced, await trust())
    assert.equal(checks.find(({ ok }) => !ok)!.code, 'beacon_awaited')
  })

  test('while no server has the round the draw waits and says so, killed too; what comes then is the same round', async ({
    assert,
  }) => {
    for (const server of [first, second]) server.mood = 'down'
    const started = await hosts.organiser.press(
      `/api/reviews/${(await readyPlan(hosts, '乙')).reviewId}/draw`
    )
    const { id } = started.body
    const waits = (code: string) =>
      until(
        () => view(id),
        (body) => body.beacon.awaited?.code === code,
        code
      )
    const waiting = await waits('beacon_unreachable')
    assert.equal(waiting.status, 'awaiting_beacon')
    assert.isEmpty(waiting.seats)
    assert.isNull(waiting.beacon.signature)
    const open = await (await visitor(app.url)).get(`/api/public/draws/${waiting.number}`)
    assert.deepEqual(open.body.beacon.awaited, waiting.beacon.awaited)
    first.mood = 'not_out'
    await waits('beacon_round_missing')
    second.mood = 'other_round'
    await waits('beacon_value_wrong')

    await restart()
    second.mood = 'honest'
    const done = await completed(hosts.organiser, id)
    assert.equal(done.beacon.awaited.round, waiting.beacon.awaited.round)
    assert.deepEqual(new Set(first.asked), new Set([waiting.beacon.awaited.round]))
    assert.equal(verifyDrawEvidence(await evidenceOf(id), await trust()).verdict, 'genuine')
    const { rows } = await app.sql.query(
      `SELECT type, count(*)::int AS n FROM ledger_entries WHERE stream = $1 AND type LIKE 'draw.%' GROUP BY type`,
      [`review/${done.review.id}`]
    )
    for (const { type, n } of rows) assert.equal(n, 1, type)
  })

  test('a round that was out before the witness answered is not used: another one is awaited', async ({
    assert,
  }) => {
    proxy.mood = 'cosigns_only'
    const started = await hosts.organiser.press(
      `/api/reviews/${(await readyPlan(hosts, '丙')).reviewId}/draw`
    )
    const { id } = started.body
    const missed = await until(
      () => view(id),
      (body) => body.status === 'awaiting_witness' && body.beacon.awaited,
      'the wait for the witness'
    )
    await app.instance.stopWitness()
    process.env.NODE_OPTIONS = app.instance.environment.NODE_OPTIONS!
    process.env.FAST_CLOCK_MS = '300000'
    await app.instance.startWitness().finally(() => {
      delete process.env.NODE_OPTIONS
      delete process.env.FAST_CLOCK_MS
      app.instance.environment.WITNESS_URL = proxy.url
    })
    proxy.mood = 'honest'
    const done = await completed(hosts.organiser, id)
    const { awaited } = done.beacon
    assert.isAbove(Date.parse(awaited.due) - Date.parse(missed.beacon.awaited.due), 200_000)
    assert.equal(verifyDrawEvidence(await evidenceOf(id), await trust()).verdict, 'genuine')
    assert.isTrue((await ace(app, 'ledger:verify')).ok)
  })

  test('without an address of the beacon it does not start', async ({ assert }) => {
    await app.instance.stopApp()
    delete app.instance.environment.DRAND_URLS
    await assert.rejects(() => app.instance.startApp(), /ended with 1/)
  })
})
