import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { fromHex, sha256, toHex, utf8 } from '#lib/bytes'
import { populationRoot, sampleInput } from '#lib/draw/spot_check'
import { SAMPLE_ENTRY_TYPE } from '#lib/draw/spot_check_protocol'
import { witnessClient, type Claim } from '#lib/draw/witness_client'
import { vrfVerify } from '#lib/vrf'
import { APP_SECRET, LOG_OPTIONS, newDirectory, startWitness, TestLedger, type Running } from './support.js'

const root = (name: string) => populationRoot([`LZ-${name}-1`, `LZ-${name}-2`, `LZ-${name}-3`])
const sampleOf = (occasion: string, count = 2) => ({ occasion, count, root: root(occasion) })
const codeOf = (result: { ok: true } | { ok: false; error: { code: string } }) =>
  result.ok ? 'ok' : result.error.code

test.group('SUP-1: the witness of spot checks', (group) => {
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

  const client = () => witnessClient({ url: running.url, secretKey: APP_SECRET, timeoutMs: 20_000 })
  const commit = (sample: ReturnType<typeof sampleOf>, type = SAMPLE_ENTRY_TYPE): Claim => {
    const index = ledger.add(type, { ...sample, input: sampleInput(sample), scope: 'more' })
    return ledger.claimer(index, () => running.url)
  }

  test('answers once the list stands in the log, with a proof that verifies', async ({ assert }) => {
    const sample = sampleOf('2026-Q4')
    const answer = await client().evaluateSample(sample, commit(sample))
    const keys = await client().keys()
    if (!answer.ok || !keys.ok) return assert.fail(codeOf(answer))
    assert.equal(answer.value.input, sampleInput(sample))
    const { input, proof } = answer.value
    assert.isTrue(vrfVerify(fromHex(keys.value.vrfKey), fromHex(input), fromHex(proof)).ok)
  })

  test('gives an occasion one sample for life, a hundred clicks and kill -9 included', async ({ assert }) => {
    const sample = sampleOf('2026-Q4')
    const claim = commit(sample)
    const clicks = await Promise.all(
      Array.from({ length: 100 }, () => client().evaluateSample(sample, claim))
    )
    assert.equal(new Set(clicks.map((click) => click.ok && click.value.proof)).size, 1)
    assert.isTrue(clicks[0]!.ok)
    await running.stop('SIGKILL')
    running = await startWitness(directory)
    assert.deepEqual(
      (await client().evaluateSample(sample, claim)).ok && clicks[0]!.ok && clicks[0]!.value.proof,
      clicks[0]!.ok && clicks[0]!.value.proof
    )
    for (const other of [
      { ...sample, count: 3 },
      { ...sample, root: root('a list that pleases') },
    ]) {
      assert.equal(codeOf(await client().evaluateSample(other, commit(other))), 'occasion_already_sampled')
    }
    const lines = readFileSync(join(directory, 'evaluations.jsonl'), 'utf8').trim().split('\n')
    assert.lengthOf(lines, 1)
  })

  test('refuses what the log does not say, and a second spelling of an occasion', async ({ assert }) => {
    const sample = sampleOf('2026-Q4')
    assert.equal(
      codeOf(await client().evaluateSample(sample, commit(sample, 'draw.committed'))),
      'entry_type'
    )
    const other = { ...sample, count: 1 }
    assert.equal(codeOf(await client().evaluateSample(sample, commit(other))), 'entry_payload')
    for (const occasion of ['2026-q4', '2026 -Q4', '２０２６-Q4', '']) {
      const spelt = { ...sample, occasion }
      assert.equal(codeOf(await client().evaluateSample(spelt, commit(spelt))), 'request_malformed', occasion)
    }
    for (const count of [0, -1, 10_001]) {
      const wrong = { ...sample, count }
      const index = ledger.add(SAMPLE_ENTRY_TYPE, { ...wrong, input: toHex(sha256(utf8('any'))) })
      const claim = ledger.claimer(index, () => running.url)
      assert.equal(codeOf(await client().evaluateSample(wrong, claim)), 'request_malformed', String(count))
    }
    assert.equal(codeOf(await client().evaluateSample(sample, commit(sample))), 'ok')
  })

  test('refuses a list that stands in no tree that it cosigned', async ({ assert }) => {
    const sample = sampleOf('2026-Q4')
    const next = sampleOf('2027-Q1')
    await client().evaluateSample(sample, commit(sample))
    const forked = new TestLedger()
    const index = forked.add(SAMPLE_ENTRY_TYPE, { ...next, input: sampleInput(next) })
    const answer = await client().evaluateSample(next, async (size) => forked.claim(index, size))
    assert.equal(codeOf(answer), 'entry_not_included')
    forked.add('plan.submitted', { title: 'other' })
    const beyond = await client().evaluateSample(next, async () => forked.claim(index))
    assert.equal(codeOf(beyond), 'ledger_head_moved')
  })
})
