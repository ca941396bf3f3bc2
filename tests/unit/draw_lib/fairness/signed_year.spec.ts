import { test } from '@japa/runner'
import { sha256, utf8 } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'
import { fairnessReport } from '#lib/draw/fairness/report'
import type { SignedYear } from '#lib/draw/fairness/signed_year'
import { verifySignedYear } from '#lib/draw/fairness/verify_signed_year'
import { normalPlanIdentity, planKey, type PlanIdentity } from '#lib/draw/plan_key'
import { ROUND_FAILED_TYPE } from '#lib/draw/round_before'
import { KEY_TYPE, signerKey } from '#lib/tlog/keys'
import { verifyInput } from '#lib/verify/verify_input'
import { LOG, WITNESS } from '#tests/support/made_ledger'
import { failedRound, TRUST, WORKED_EXAMPLE } from '../support/fixtures.js'
import { signedOver, signedYear } from './support/signed.js'
import { simulatedYear, YearLog } from './support/simulated_year.js'

const LIMITS = { alarmPerMille: 10, redraws: 19 }
const KEYS = TRUST.ledgerKeys
const STRANGER = signerKey(LOG.name, KEY_TYPE.ed25519, sha256(utf8('stranger')))

/** Three draws, one of which went on in another stream, among entries that are no business of the report. */
function madeLog(): YearLog {
  const simulated = simulatedYear({ name: 'signed', draws: 3, sizes: WORKED_EXAMPLE, out: 4 })
  const log = new YearLog()
  log.append('plan/1', 'plan.submitted', { title: '方案' })
  for (const { leaf, payload } of simulated.entries) {
    const { stream, type } = JSON.parse(leaf)
    log.append(stream, type, payload!)
    if (type === 'draw.committed') log.append('plan/1', 'plan.reminded', {})
  }
  const { drawId } = simulated.entries.find(
    ({ leaf }) => JSON.parse(leaf).type === 'draw.completed'
  )!.payload!
  log.append('review/again', 'draw.same_plan', { drawId, from: 'a', to: 'b' })
  return log
}

const GENUINE = signedYear(madeLog().file())

function judged(change: (file: any) => void, keys = KEYS) {
  const copy = structuredClone(GENUINE)
  change(copy)
  return said(copy, keys)
}

function said(file: SignedYear, keys = KEYS) {
  const { verdict, checks } = verifySignedYear(JSON.parse(canonicalJson(file)), keys)
  return [verdict, checks.find(({ ok }) => !ok)?.code ?? null]
}

test.group('DRAW-9, SUP-5: a year bound to a signed log', () => {
  test('is genuine as it is, gives the report of its entries, and is told by the command that verifies', async ({
    assert,
  }) => {
    assert.deepEqual(said(GENUINE), ['genuine', null])
    const { entries } = verifySignedYear(GENUINE, KEYS)
    const report = await fairnessReport(entries!, LIMITS)
    assert.deepEqual([report.draws, report.faults], [3, []])
    // In a year without draws they all stand beside.
    const before = signedYear(madeLog().file(), 2025)
    assert.deepEqual([said(before), before.entries.length, before.beside.length], [['genuine', null], 0, 4])
    const trust = { draw: TRUST, ledger: KEYS, roots: [] }
    const input = { name: 'f', bytes: utf8(canonicalJson(GENUINE)) }
    const { kind, verdict, steps } = await verifyInput(input, trust)
    assert.deepEqual([kind, verdict], ['year_of_draws', 'genuine'])
    assert.isAbove(steps.length, 5)
    assert.equal(
      (await verifyInput({ ...input, bytes: utf8(canonicalJson({ ...GENUINE, more: 1 })) }, trust)).verdict,
      'unreadable'
    )
  })

  test('a draw left out is found, however it was left out', ({ assert }) => {
    const isOf = (stream: string) => (entry: { leaf: string }) => JSON.parse(entry.leaf).stream === stream
    const { stream } = GENUINE.streams[0]!
    const rest = (file: any) => file.entries.filter((entry: any) => !isOf(stream)(entry))
    const hidden = (file: any) => {
      const gone = new Map(GENUINE.entries.filter(isOf(stream)).map(({ index, leaf }) => [index, leaf]))
      const own = madeLog()
        .file()
        .entries.flatMap(({ index, leaf }) => {
          return gone.has(index) || file.others.includes(leaf) ? [leaf] : []
        })
      Object.assign(file, { entries: rest(file), others: own })
      file.streams.shift()
    }
    assert.deepEqual(
      judged((file) => Object.assign(file, { entries: rest(file), streams: file.streams.slice(1) })),
      ['not_genuine', 'year_log']
    )
    assert.deepEqual(
      judged((file) => hidden(file)),
      ['not_genuine', 'year_draws']
    )
    // Told as one of those of other years.
    assert.deepEqual(
      judged((file) => {
        const moved = file.entries.filter(isOf(stream))
        Object.assign(file, { entries: rest(file), beside: [...file.beside, ...moved] })
        file.streams.shift()
      }),
      ['not_genuine', 'year_draws']
    )
    // The end of a stream alone, and the stream where it went on.
    assert.deepEqual(
      judged((file) => {
        file.others.push(file.entries.pop().leaf)
        file.streams.find(({ stream: one }: any) => one === 'review/again').entries = 0
      }),
      ['not_genuine', 'year_draws']
    )
  })

  test('a false entry is found: in its payload, in its leaf, in its place, or one more', ({ assert }) => {
    const completed = GENUINE.entries.findIndex(({ leaf }) => JSON.parse(leaf).type === 'draw.completed')
    assert.deepEqual(
      judged((file) => (file.entries[completed].payload.result.seats[0].id = 'E064')),
      ['not_genuine', 'year_entries']
    )
    assert.deepEqual(
      judged((file) => (file.others[0] = file.others[0].replace('plan.submitted', 'plan.returned'))),
      ['not_genuine', 'year_log']
    )
    assert.deepEqual(
      judged((file) => file.others.reverse()),
      ['not_genuine', 'year_log']
    )
    assert.deepEqual(
      judged((file) => file.others.push(file.others[0])),
      ['not_genuine', 'year_log']
    )
  })

  test('a log that nobody signed, a stranger signed, or the witness has not seen is refused', ({
    assert,
  }) => {
    const leaves = madeLog()
      .file()
      .entries.map(({ leaf }) => leaf)
    const under = (checkpoint: string, keys = KEYS) =>
      judged((file) => Object.assign(file, { checkpoint }), keys)
    const alone = signedOver(leaves, { log: LOG, witness: null })
    assert.deepEqual(under(alone), ['not_genuine', 'year_checkpoint'])
    const strangers = signedOver(leaves, { log: STRANGER, witness: WITNESS })
    assert.deepEqual(under(strangers), ['not_genuine', 'year_checkpoint'])
    const shorter = signedOver(leaves.slice(1))
    assert.deepEqual(under(shorter), ['not_genuine', 'year_log'])
    assert.deepEqual(under('nothing'), ['unreadable', 'year_readable'])
    const nobody = ['consistent_unknown_signer', 'year_ledger_key_trusted']
    assert.deepEqual(said(GENUINE, []), nobody)
    const unseen = ['consistent_unknown_signer', 'year_cosigner_key_trusted']
    assert.deepEqual(said(GENUINE, [LOG]), unseen)
  })
})

test.group('DRAW-6: permits drawn for more than once', () => {
  const PLAN = { permit: '450100-A12', categories: ['PIT'], part: '三区', round: 1 }
  const base = simulatedYear({ name: 'repeated', draws: 1, sizes: WORKED_EXAMPLE, out: 4 })
  const [, committed] = base.entries.map(({ leaf, payload }) => ({
    type: JSON.parse(leaf).type,
    payload: payload!,
  }))

  /** The draws of these plans, one after the other, with an entry before some. */
  async function listed(...plans: (PlanIdentity | { failed: object })[]) {
    const log = new YearLog()
    plans.forEach((told, i) => {
      if ('failed' in told) return log.append(`review/${i}`, ROUND_FAILED_TYPE, { ...told.failed })
      const plan = normalPlanIdentity(told)
      const { drawId } = failedRound({ ...plan, round: plan.round + 1 })
      const payload = { ...committed!.payload, drawId, planKey: planKey(plan), plan, round: plan.round }
      log.append(`review/${i}`, 'draw.committed', { ...payload, number: `CQ-${i}` })
    })
    const { repeated } = await fairnessReport(log.file(), LIMITS)
    return repeated.map(({ draws }) =>
      draws.map(({ because, report }) => (report ? `${because} ${report}` : because))
    )
  }

  test('each is listed with its reason, spelling notwithstanding', async ({ assert }) => {
    assert.equal(committed!.type, 'draw.committed')
    assert.deepEqual(await listed(PLAN, { ...PLAN, permit: '450100-A13' }), [])
    const other = { ...PLAN, part: '四区' }
    const more = { ...PLAN, categories: ['LIFT', 'PIT'] }
    const spelt = { ...PLAN, permit: '450100А12', part: '3 区' }
    assert.deepEqual(await listed(PLAN, other, more, spelt), [
      ['first', 'other_part', 'other_categories', 'reads_alike'],
    ])
  })

  test('a further round is told with the report of its 不通过, and without a record as unproved', async ({
    assert,
  }) => {
    const second = { ...PLAN, round: 2 }
    const folded = normalPlanIdentity(second)
    const failed = { ...failedRound(folded), report: 'ab'.repeat(32) }
    assert.deepEqual(await listed(PLAN, { failed }, second), [['first', `failed_before ${failed.report}`]])
    assert.deepEqual(await listed(PLAN, { failed: failedRound(folded) }, second), [
      ['first', 'failed_before'],
    ])
    assert.deepEqual(await listed(PLAN, second, { failed }), [['first', 'round_unproved']])
    const another = { ...failed, planKey: 'cd'.repeat(32) }
    assert.deepEqual(await listed(PLAN, { failed: another }, second), [['first', 'round_unproved']])
  })
})
