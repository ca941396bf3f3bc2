import { appendFileSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { fromBase64, fromHex, sha256, toHex, utf8 } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'
import { timedInput } from '#lib/draw/beacon'
import { drawInput, replacementInput } from '#lib/draw/entropy'
import { witnessClient, type Claim } from '#lib/draw/witness_client'
import { headStatement, type LedgerClaim } from '#lib/draw/witness_protocol'
import { verifySignature } from '#lib/ed25519'
import { merkleRoot } from '#lib/merkle'
import { must, seededRandom } from '../draw_lib/support/fixtures.js'
import { Store } from '../../../witness/store.js'
import { vrfVerify } from '#lib/vrf'
import {
  APP_SECRET,
  drawOf,
  LOG_OPTIONS,
  newDirectory,
  planOf,
  startWitness,
  TestLedger,
  type Running,
} from './support.js'

const hash = (text: string) => toHex(sha256(utf8(text)))
const clientOf = (running: Running, secretKey = APP_SECRET) => {
  return witnessClient({ url: running.url, secretKey, timeoutMs: 20_000 })
}
const codeOf = (result: { ok: true } | { ok: false; error: { code: string } }) =>
  result.ok ? 'ok' : result.error.code
const proofOf = (result: { ok: true; value: { proof: string } } | { ok: false }) =>
  result.ok && result.value.proof

test.group('The witness process', (group) => {
  let running: Running
  let directory: string
  let ledger: TestLedger
  group.each.timeout(60_000)
  group.each.setup(async () => {
    directory = newDirectory()
    ledger = new TestLedger()
    running = await startWitness(directory, APP_SECRET, LOG_OPTIONS)
    return async () => {
      await running.stop('SIGKILL')
      rmSync(directory, { recursive: true })
    }
  })

  const logged = (draw: ReturnType<typeof drawOf>, plan = planOf('a')): Claim => {
    const index = ledger.add('draw.committed', { ...draw, plan, actor: 'organiser' })
    return ledger.claimer(index, () => running.url)
  }
  const commit = (part: string): Claim => logged(drawOf(part), planOf(part))

  test('answers with a proof that verifies, and signs the tree it saw', async ({ assert }) => {
    ledger.add('plan.submitted', { title: '方案' })
    const client = clientOf(running)
    const answer = await client.evaluate(drawOf('a'), commit('a'))
    const keys = await client.keys()
    if (!answer.ok || !keys.ok) return assert.fail(canonicalJson([answer, keys]))
    assert.equal(answer.value.input, drawInput(drawOf('a')))
    const { input, proof, head } = answer.value
    assert.isTrue(vrfVerify(fromHex(keys.value.vrfKey), fromHex(input), fromHex(proof)).ok)
    assert.equal(head.root, toHex(merkleRoot(ledger.hashes())))
    const statement = headStatement(head.size, head.root)
    assert.isTrue(verifySignature(fromHex(keys.value.signingKey), statement, fromBase64(head.signature)))
    for (const name of ['vrf.key', 'signing.key', 'evaluations.jsonl', 'app_keys']) {
      assert.equal(statSync(join(directory, name)).mode & 0o777, 0o600, name)
    }
  })

  test('with a beacon: answers while the logged round is to come, once, and over its time', async ({
    assert,
  }) => {
    const client = clientOf(running)
    const now = Math.floor(Date.now() / 1000)
    const input = drawInput(drawOf('timed'))
    const frozen = ledger.add('draw.committed', { ...drawOf('timed'), plan: planOf('timed') })
    const awaiting = (entry: number, awaited: number): Claim => {
      return async (size) => {
        const reached = await ledger.claimer(awaited, () => running.url)(size)
        return { ...ledger.claim(entry, reached.size), awaited: ledger.entry(awaited, reached.size) }
      }
    }
    const { vrfKey } = must(await client.keys())
    /** The entry says `logged`; the request `timed`. */
    const ask = (timed: { time: number; due: number }, logged: object = { input, ...timed }) => {
      const index = ledger.add('draw.beacon_awaited', { ...logged })
      return client.evaluate({ ...drawOf('timed'), timed }, awaiting(frozen, index))
    }
    const timed = { time: now, due: now + 63 }
    assert.equal(codeOf(await ask({ time: now - 90, due: now - 30 })), 'beacon_round_out')
    assert.equal(codeOf(await ask(timed, { input, ...timed, time: now - 9 })), 'entry_payload')
    assert.equal(codeOf(await ask(timed, { input: drawInput(drawOf('b')), ...timed })), 'entry_payload')
    const first = must(await ask(timed))
    assert.equal(first.time, timed.time)
    assert.isTrue(vrfVerify(fromHex(vrfKey), fromHex(timedInput(input, timed.time)), fromHex(first.proof)).ok)
    // Asked again, for another round, with one that is out, or for none: what was answered stays the answer.
    const again = [
      must(await ask({ time: now + 90, due: now + 150 })),
      must(await ask({ time: now - 90, due: now - 30 })),
      must(await client.evaluate(drawOf('timed'), async (from) => ledger.claim(frozen, from))),
    ]
    for (const { time, proof } of again) assert.deepEqual([time, proof], [first.time, first.proof])

    const leave = { drawId: input, seat: 2, number: 1, leaver: 'E001' }
    const left = ledger.add('draw.seat_left', leave)
    const bare = await client.evaluateReplacement(
      leave,
      ledger.claimer(left, () => running.url)
    )
    assert.equal(codeOf(bare), 'beacon_not_as_drawn')
    const own = { time: now + 1, due: now + 63 }
    const asked = replacementInput(leave)
    const index = ledger.add('draw.beacon_awaited', { input: asked, ...own })
    const replaced = await client.evaluateReplacement({ ...leave, timed: own }, awaiting(left, index))
    const { proof } = must(replaced)
    assert.isTrue(vrfVerify(fromHex(vrfKey), fromHex(timedInput(asked, own.time)), fromHex(proof)).ok)
  })

  test('gives one plan one draw for life, a hundred clicks at once included', async ({ assert }) => {
    const client = clientOf(running)
    const claim = commit('a')
    const clicks = await Promise.all(Array.from({ length: 100 }, () => client.evaluate(drawOf('a'), claim)))
    assert.equal(new Set(clicks.map((click) => click.ok && click.value.proof)).size, 1)
    assert.isTrue(clicks[0]!.ok)
    const other = { ...drawOf('a'), poolRoot: hash('a better pool') }
    assert.equal(codeOf(await client.evaluate(other, logged(other))), 'plan_already_drawn')
    const round = { ...drawOf('a'), round: 2 }
    assert.equal(codeOf(await client.evaluate(round, logged(round))), 'plan_already_drawn')
    const lines = readFileSync(join(directory, 'evaluations.jsonl'), 'utf8').trim().split('\n')
    assert.lengthOf(lines, 1)
  })

  test('remembers after kill -9, and drops a line that the crash cut off', async ({ assert }) => {
    const first = await clientOf(running).evaluate(drawOf('a'), commit('a'))
    await running.stop('SIGKILL')
    appendFileSync(join(directory, 'evaluations.jsonl'), '{"drawId":"cut o')
    running = await startWitness(directory)
    const client = clientOf(running)
    assert.equal(proofOf(await client.evaluate(drawOf('a'), commit('a'))), proofOf(first))
    const other = { ...drawOf('a'), rulesHash: hash('other rules') }
    assert.equal(codeOf(await client.evaluate(other, logged(other))), 'plan_already_drawn')
    assert.equal(codeOf(await client.evaluate(drawOf('b'), commit('b'))), 'ok')
    await running.stop('SIGTERM')
    running = await startWitness(directory)
    assert.include(running.lines.join('\n'), '2 evaluations')
  })

  test('keeps every answer that left it, killed at any moment', async ({ assert }) => {
    const random = seededRandom('kills')
    const answered = new Map<string, string>()
    for (let round = 0; round < 6; round++) {
      const client = clientOf(running)
      const plans = Array.from({ length: 12 }, (_, i) => `plan-${round}-${i}`)
      const asked = plans.map(async (plan) => {
        const answer = await client.evaluate(drawOf(plan), commit(plan))
        if (answer.ok) answered.set(plan, answer.value.proof)
      })
      // By turns at any moment, and as the first answer arrives while others are being written.
      const moment = new Promise((resolve) => setTimeout(resolve, 50 + random(250)))
      await (round % 2 === 0 ? moment : Promise.race(asked))
      await running.stop('SIGKILL')
      await Promise.all(asked)
      running = await startWitness(directory)
    }
    const client = clientOf(running)
    for (const [plan, proof] of answered) {
      const again = await client.evaluate(drawOf(plan), async (size) => ledger.claim(0, size))
      assert.equal(again.ok && again.value.proof, proof)
      const other = { ...drawOf(plan), rulesHash: hash('other') }
      const refused = await client.evaluate(other, async (size) => ledger.claim(0, size))
      assert.equal(codeOf(refused), 'plan_already_drawn')
    }
    assert.isAbove(answered.size, 0)
  })

  test('answers nothing that it could not write down', ({ assert }) => {
    const store = new Store(join(directory, 'other.jsonl'), null)
    store.close()
    const record = {
      kind: 'draw',
      drawId: '',
      planKey: '',
      proof: '',
      size: 1,
      root: '',
      leafHash: '',
    } as const
    assert.throws(() => store.append(record), 'store_failed')
    assert.lengthOf(store.records, 0)
  })

  test('does not start twice on one store, nor on half a key', async ({ assert }) => {
    await assert.rejects(() => startWitness(directory), /already_running/)
    await running.stop('SIGKILL')
    truncateSync(join(directory, 'vrf.key'), 10)
    await assert.rejects(() => startWitness(directory), /key_file_malformed/)
  })

  test('refuses an entry that is not in the log, of another type, or that says otherwise', async ({
    assert,
  }) => {
    const client = clientOf(running)
    const entry = { ...drawOf('a'), plan: planOf('a') }
    const index = ledger.add('draw.committed', entry)
    const wrongType = ledger.add('draw.planned', entry)
    const otherPlan = ledger.add('draw.committed', { ...drawOf('b'), plan: planOf('b') })
    await ledger.cosign(running.url)
    const ask = async (claim: (size: number) => LedgerClaim) =>
      codeOf(await client.evaluate(drawOf('a'), async (size) => claim(size)))
    assert.equal(await ask((size) => ({ ...ledger.claim(index, size), index: 1 })), 'entry_not_included')
    assert.equal(await ask((size) => ({ ...ledger.claim(index, size), index: 3 })), 'entry_not_included')
    assert.equal(await ask((size) => ({ ...ledger.claim(index, size), inclusion: [] })), 'entry_not_included')
    assert.equal(await ask((size) => ledger.claim(wrongType, size)), 'entry_type')
    assert.equal(await ask((size) => ledger.claim(otherPlan, size)), 'entry_payload')
    const lied = (size: number) => ({ ...ledger.claim(otherPlan, size), payload: { ...entry, actor: 'x' } })
    assert.equal(await ask(lied), 'entry_commitment')
    const spare = (size: number) => ({ ...ledger.claim(index, size), note: 1 }) as unknown as LedgerClaim
    assert.equal(await ask(spare), 'request_malformed')
    assert.equal(await ask((size) => ledger.claim(index, size)), 'ok')
  })

  test('evaluates only in the tree whose checkpoint the log signed and it cosigned', async ({ assert }) => {
    const client = clientOf(running)
    const index = ledger.add('draw.committed', { ...drawOf('a'), plan: planOf('a') })
    const before = await client.evaluate(drawOf('a'), async () => ledger.claim(index))
    assert.equal(codeOf(before), 'ledger_not_cosigned')
    assert.equal(await ledger.cosign(running.url), 200)
    // The tree of one leaf more extends what was seen, and nobody has signed for it.
    const unsigned = ledger.add('draw.committed', { ...drawOf('b'), plan: planOf('b') })
    const beyond = await client.evaluate(drawOf('b'), async () => ledger.claim(unsigned))
    assert.equal(codeOf(beyond), 'ledger_head_moved')
    const forked = new TestLedger()
    const other = forked.add('draw.committed', { ...drawOf('b'), plan: planOf('b') })
    const fork = await client.evaluate(drawOf('b'), async (size) => forked.claim(other, size))
    assert.equal(codeOf(fork), 'entry_not_included')
    // No checkpoint of that tree can be had either.
    forked.add('plan.submitted', { title: '二' })
    assert.equal(await forked.cosign(running.url), 422)
    assert.equal(codeOf(await client.evaluate(drawOf('a'), commit('a'))), 'ok')
    assert.equal(codeOf(await client.evaluate(drawOf('b'), commit('b'))), 'ok')
  })

  test('lets draws that run at once find the tree the other moved', async ({ assert }) => {
    const client = clientOf(running)
    const plans = ['a', 'b', 'c', 'd'].map((plan) => ({ draw: drawOf(plan), claim: commit(plan) }))
    const answers = await Promise.all(plans.map(({ draw, claim }) => client.evaluate(draw, claim)))
    assert.deepEqual(answers.map(codeOf), ['ok', 'ok', 'ok', 'ok'])
  })

  test('evaluates a replacement only for a refusal in the log, once, and in order', async ({ assert }) => {
    const client = clientOf(running)
    const drawId = drawInput(drawOf('a'))
    const leaving = (number: number, seat: number, leaver: string) => ({ drawId, number, seat, leaver })
    const ask = async (asked: ReturnType<typeof leaving>, logged = asked, type = 'draw.seat_left') => {
      const index = ledger.add(type, { ...logged, reason: 'interest' })
      return client.evaluateReplacement(
        asked,
        ledger.claimer(index, () => running.url)
      )
    }
    assert.equal(codeOf(await ask(leaving(1, 3, 'E007'))), 'draw_unknown')
    await client.evaluate(drawOf('a'), commit('a'))
    const first = await ask(leaving(1, 3, 'E007'))
    assert.equal(first.ok && first.value.input, replacementInput(leaving(1, 3, 'E007')))
    assert.equal(proofOf(await ask(leaving(1, 3, 'E007'))), proofOf(first))
    assert.equal(codeOf(await ask(leaving(1, 4, 'E008'))), 'replacement_already_evaluated')
    assert.equal(codeOf(await ask(leaving(2, 3, 'E007'))), 'seat_already_left')
    assert.equal(codeOf(await ask(leaving(2, 4, 'E008'), leaving(1, 3, 'E007'))), 'entry_payload')
    assert.equal(codeOf(await ask(leaving(2, 4, 'E008'), undefined, 'draw.invited')), 'entry_type')
    assert.equal(codeOf(await ask(leaving(11, 4, 'E008'))), 'replacements_exhausted')
    assert.equal(codeOf(await ask(leaving(3, 4, 'E008'))), 'ok')
    assert.equal(codeOf(await ask(leaving(2, 5, 'E009'))), 'number_out_of_order')
  })

  test('answers nobody but a registered application', async ({ assert }) => {
    const stranger = clientOf(running, sha256(utf8('stranger')))
    assert.equal(codeOf(await stranger.evaluate(drawOf('a'), commit('a'))), 'signature_invalid')
    const body = canonicalJson({ ...drawOf('a'), commit: ledger.claim(0, 0) } as never)
    const post = (path: string, text: string) =>
      fetch(`${running.url}${path}`, { method: 'POST', body: text })
    assert.equal((await post('/evaluate', body)).status, 401)
    assert.equal((await post('/nothing', body)).status, 404)
    assert.equal((await post('/evaluate', 'x'.repeat(600_000))).status, 413)
    assert.equal(codeOf(await clientOf(running).evaluate(drawOf('a'), commit('a'))), 'ok')
  })
})
