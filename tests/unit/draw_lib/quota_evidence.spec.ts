import { test } from '@japa/runner'
import { canonicalJson } from '#lib/canonical_json'
import { performDraw, prepareDraw, type QuotasResult } from '#lib/draw/draw'
import type { DrawEvidence } from '#lib/draw/evidence'
import { defaultPanel } from '#lib/draw/panel'
import { readLeaf } from '#lib/draw/pool'
import { performReplacement, prepareReplacement, vacate, type DrawState } from '#lib/draw/replace'
import { readRules } from '#lib/draw/rules'
import { verifyDrawEvidence, verifyDrawEvidenceText } from '#lib/draw/verify_evidence'
import {
  evidenceOf,
  frozenDraw,
  must,
  proofsFor,
  QUOTAS,
  rulesFor,
  TRUST,
  widenedCandidates,
  WIDENING,
} from './support/fixtures.js'

const rules = { quotas: QUOTAS, maxPerEmployer: 10, replacementSpecialty: 'keep_then_any' } as const
const evidence = evidenceOf({ rules, leaving: [3, 7, 11] })
const widened = evidenceOf({ candidates: widenedCandidates(), rules: { ...rules, widening: WIDENING } })

/** Codes that fail once the change is made. */
function failing(of: DrawEvidence, change: (copy: any) => void): string[] {
  const copy = structuredClone(of)
  change(copy)
  return verifyDrawEvidence(copy, TRUST).checks.flatMap(({ code, ok }) => (ok ? [] : [code]))
}

function drawn(change: Parameters<typeof frozenDraw>[0] = { rules }): DrawState {
  const { draw } = frozenDraw(change)
  const { prepared, result } = must(performDraw(draw, proofsFor(must(prepareDraw(draw)).drawId)))
  return { ...draw, drawId: prepared.drawId, cap: result.cap, seats: result.seats, left: new Set() }
}

test.group('DRAW-9: evidence of a draw with quotas', () => {
  test('is genuine when nothing was changed, and has no pins', ({ assert }) => {
    const verification = verifyDrawEvidenceText(canonicalJson(evidence), TRUST)
    assert.equal(verification.verdict, 'genuine', canonicalJson(verification.checks))
    const { result } = evidence
    assert.sameMembers(Object.keys(result), ['cap', 'cells', 'denominator', 'possibleSets', 'seats', 'steps'])
    assert.isTrue(result.seats.every(({ pin }) => pin === null))
    const count = (one: string) => result.seats.filter(({ specialty }) => specialty === one).length
    for (const { specialty, min, max } of QUOTAS) {
      assert.isTrue(min <= count(specialty) && count(specialty) <= max)
    }
    assert.isNotNull(defaultPanel(result.seats, rulesFor(rules)))
  })

  test('finds a changed chance, a changed step and a left-out one', ({ assert }) => {
    for (const change of [
      (copy: any) => (copy.result.cells[0].chance.num = '2'),
      (copy: any) => (copy.result.cells[0].drawn += 1),
      (copy: any) => (copy.result.steps[4].drawn = String(BigInt(copy.result.steps[4].drawn) + 1n)),
      (copy: any) => (copy.result.steps[2].direction *= -1),
      (copy: any) => copy.result.steps.splice(5, 1),
      (copy: any) => copy.result.steps.pop(),
      (copy: any) => (copy.result.steps = []),
      (copy: any) => delete copy.result.cells,
      (copy: any) => (copy.result.offset = '0'),
      (copy: any) => (copy.result.seats[0].pin = 1),
    ]) {
      assert.deepEqual(failing(evidence, change)[0], 'result', String(change))
    }
  })

  test('finds quotas that were changed, dropped or misspelt', ({ assert }) => {
    assert.equal(failing(evidence, (copy) => (copy.rules.quotas[0].min = 4))[0], 'rules_hash')
    assert.equal(failing(evidence, (copy) => (copy.rules.quotas = []))[0], 'rules_hash')
    for (const quotas of [
      [...QUOTAS].reverse(),
      [QUOTAS[0], QUOTAS[0]],
      [{ specialty: 'GEO', min: 3, max: 2 }],
      [{ specialty: 'GEO', min: 0, max: 11 }],
      [{ specialty: 'GEO', min: -1, max: 1 }],
      [{ specialty: 'GEO', min: 0.5, max: 1 }],
      [{ specialty: '', min: 0, max: 1 }],
      [{ specialty: 'GEO', min: 0, max: 1, note: '' }],
      [{ specialty: 'GEO', min: 0 }],
      [
        { specialty: 'A', min: 6, max: 6 },
        { specialty: 'B', min: 5, max: 6 },
      ],
      {},
      null,
    ]) {
      assert.isUndefined(readRules({ ...rulesFor(), quotas }), JSON.stringify(quotas))
    }
    assert.isDefined(readRules({ ...rulesFor(), quotas: QUOTAS }))
    // Order of UTF-8 bytes, which is not that of UTF-16: U+FFFD comes before U+10000.
    const astral = ['\uFFFD', '\u{10000}'].map((specialty) => ({ specialty, min: 0, max: 1 }))
    assert.isDefined(readRules({ ...rulesFor(), quotas: astral }))
    assert.isUndefined(readRules({ ...rulesFor(), quotas: [...astral].reverse() }))
  })
})

test.group('DRAW-7: replacements under quotas', () => {
  test('keep the seat’s specialty, hence the quotas', ({ assert }) => {
    let state = drawn()
    const before = (one: string) =>
      state.seats.slice(0, 10).filter(({ specialty }) => specialty === one).length
    const counts = QUOTAS.map(({ specialty }) => before(specialty))
    for (const seat of [1, 2, 3, 4, 5]) {
      const proofs = proofsFor(must(prepareReplacement(state, seat)).input)
      const done = must(performReplacement(state, seat, proofs))
      assert.equal(done.replacement.specialty, done.prepared.leaver.specialty)
      state = done.state
    }
    const held = state.seats.filter(({ seat }) => !state.left.has(seat))
    assert.deepEqual(
      QUOTAS.map((quota) => held.filter(({ specialty }) => specialty === quota.specialty).length),
      counts
    )
  })

  test('go beyond it only where the quotas still hold', ({ assert }) => {
    const state = drawn()
    const main = state.seats.find(({ specialty }) => specialty === 'GEO')!
    const only = (specialties: string[], quotas = QUOTAS): DrawState => {
      const ids = new Set(state.seats.map(({ id }) => id))
      const leaves = state.leaves.filter(
        ({ id, specialty }) => ids.has(id) || specialties.includes(specialty)
      )
      return { ...state, leaves, rules: { ...state.rules, quotas } }
    }
    const count = (one: string) => state.seats.filter(({ specialty }) => specialty === one).length
    const [geo, monitor, struct] = [count('GEO'), count('MONITOR'), count('STRUCT')]
    const exactly = (more: number): typeof QUOTAS => [
      { specialty: 'GEO', min: geo - 1, max: 10 },
      { specialty: 'MONITOR', min: 0, max: monitor + more },
      { specialty: 'STRUCT', min: 0, max: struct },
    ]
    const open = must(prepareReplacement(only(['MONITOR', 'STRUCT'], exactly(1)), main.seat))
    assert.isTrue(open.widened)
    assert.isNotEmpty(open.candidates)
    assert.isTrue(open.candidates.every(({ specialty }) => specialty === 'MONITOR'))
    for (const quotas of [exactly(0), [{ specialty: 'GEO', min: geo, max: 10 }]]) {
      const closed = prepareReplacement(only(['MONITOR', 'STRUCT'], quotas), main.seat)
      assert.deepEqual(closed.ok ? null : closed.error, {
        code: 'no_replacement',
        specialty: 'GEO',
        sameSpecialty: 0,
        anySpecialty: 0,
      })
    }
    // A place that stays empty counts for nothing: with two of its specialty gone, fewer than the least are left.
    const vacant = vacate(only(['MONITOR', 'STRUCT'], exactly(1)), main.seat)
    const other = state.seats.find(({ specialty, seat }) => specialty === 'GEO' && seat !== main.seat)!
    const closed = prepareReplacement(vacant, other.seat)
    assert.equal(closed.ok ? '' : closed.error.code, 'no_replacement')
  })
})

test.group('DRAW-1: a widened pool', () => {
  test('says of each step why, and of each expert how they came in', ({ assert }) => {
    assert.equal(verifyDrawEvidence(widened, TRUST).verdict, 'genuine')
    const came = widened.pool.filter((leaf) => leaf.v === 2)
    assert.lengthOf(came, 7)
    assert.isTrue((widened.result as QuotasResult).cells.some(({ specialty }) => specialty === 'MONITOR'))
  })

  test('is refused where a step was not needed, not taken in its order, or gives another reason', ({
    assert,
  }) => {
    const code = (widening: typeof WIDENING, candidates = widenedCandidates()) => {
      const given = evidenceOf({ candidates, rules: { ...rules, ...(widening && { widening }) } })
      const failed = verifyDrawEvidence(given, TRUST).checks.find(({ ok }) => !ok)
      return failed ? `${failed.code} ${failed.detail}` : 'genuine'
    }
    const [specialty, city] = WIDENING as [(typeof WIDENING & {})[0], (typeof WIDENING & {})[0]]
    assert.equal(code(WIDENING), 'genuine')
    assert.equal(code([city, specialty]), 'widening neighbouring_specialty')
    assert.equal(code([{ ...specialty, because: 'pool_too_small' }, city]), 'widening neighbouring_specialty')
    assert.equal(code([specialty, { ...city, because: 'too_few_sets' }]), 'widening neighbouring_city')
    assert.equal(code([city]), 'widening E070')
    const needless = widenedCandidates().map((one) =>
      one.cameBy?.step === 'neighbouring_city' ? { ...one, cameBy: undefined } : one
    )
    assert.equal(code([specialty], needless), 'widening neighbouring_specialty')
    assert.equal(code(undefined, needless), 'widening E070')
  })

  test('has records of exactly these fields', ({ assert }) => {
    const [first] = widened.pool
    const last = widened.pool.at(-1)!
    assert.isDefined(readLeaf(first))
    assert.isDefined(readLeaf(last))
    for (const leaf of [
      { ...first, v: 2 },
      { ...first, cameBy: { step: 'a', from: 'b' } },
      { ...last, v: 1 },
      { ...last, v: 3 },
      { ...last, cameBy: null },
      { ...last, cameBy: { step: 'a' } },
      { ...last, cameBy: { step: 'a', from: '' } },
      { ...last, cameBy: { step: 'a', from: 'b', why: 'c' } },
      null,
    ]) {
      assert.isUndefined(readLeaf(leaf), JSON.stringify(leaf))
    }
    for (const widening of [
      [],
      null,
      [{ step: 'a' }],
      [{ step: 'a', because: 'liked_better' }],
      [{ step: '', because: 'too_few_sets' }],
      [
        { step: 'a', because: 'too_few_sets' },
        { step: 'a', because: 'too_few_sets' },
      ],
    ]) {
      assert.isUndefined(readRules({ ...rulesFor(), widening }), JSON.stringify(widening))
    }
    assert.isDefined(readRules({ ...rulesFor(), widening: [{ step: 'a', because: 'too_few_sets' }] }))
  })
})
