import { test } from '@japa/runner'
import { sha256, u32be } from '#lib/bytes'
import { performDraw, prepareDraw } from '#lib/draw/draw'
import { defaultPanel, firstValidPanel, fitsPanelRules } from '#lib/draw/panel'
import { performReplacement, prepareReplacement, vacate, type DrawState } from '#lib/draw/replace'
import { sampleSpotCheck, spotCheckInput } from '#lib/draw/spot_check'
import { byTicket, ticketOf } from '#lib/draw/ticket'
import { frozenDraw, must, proofsFor, rulesFor, seededRandom, shuffled, TRUST } from './support/fixtures.js'

function drawn(change: Parameters<typeof frozenDraw>[0] = {}): DrawState {
  const { draw } = frozenDraw(change)
  const { prepared, result } = must(performDraw(draw, proofsFor(must(prepareDraw(draw)).drawId)))
  return { ...draw, drawId: prepared.drawId, cap: result.cap, seats: result.seats, left: new Set() }
}

function replace(state: DrawState, seat: number) {
  return must(performReplacement(state, seat, proofsFor(must(prepareReplacement(state, seat)).input)))
}

test.group('DRAW-7: replacements', () => {
  test('keep specialty and cap, never bring anybody back, and end after ten', ({ assert }) => {
    let state = drawn({ rules: { replacementSpecialty: 'keep_then_any' } })
    for (let number = 1; number <= 10; number++) {
      const seat = number <= 5 ? number : number + 5
      const done = replace(state, seat)
      const { taken, leaver, widened } = { taken: done.replacement, ...done.prepared }
      assert.equal(taken.seat, 10 + number)
      assert.isTrue(widened || taken.specialty === leaver.specialty)
      assert.isFalse(state.seats.some(({ id }) => id === taken.id))
      state = done.state
      const held = state.seats.filter((other) => !state.left.has(other.seat))
      assert.lengthOf(held, 10)
      assert.equal(new Set(held.map(({ employer }) => employer)).size, 10)
    }
    assert.deepEqual(prepareReplacement(state, 20), {
      ok: false,
      error: { code: 'replacements_exhausted', limit: 10 },
    })
    assert.deepEqual(prepareReplacement(state, 1), { ok: false, error: { code: 'seat_not_held', seat: 1 } })
    assert.deepEqual(prepareReplacement(state, 21), { ok: false, error: { code: 'seat_not_held', seat: 21 } })
  })

  test('depend on who left which seat, and on no list order', ({ assert }) => {
    const state = drawn()
    const mixed = { ...state, leaves: shuffled(state.leaves, seededRandom('leaves')) }
    assert.deepEqual(replace(mixed, 4).replacement, replace(state, 4).replacement)
    assert.notEqual(replace(state, 4).prepared.input, replace(state, 5).prepared.input)
    const after = vacate(state, 9)
    assert.notEqual(replace(after, 4).prepared.input, replace(state, 4).prepared.input)
  })

  test('are refused without the witness', ({ assert }) => {
    const state = drawn()
    const { input } = must(prepareReplacement(state, 2))
    const done = performReplacement(state, 2, { ...proofsFor(input), witness: null })
    assert.equal(done.ok ? '' : done.error.code, 'proof_missing')
  })

  test('say with numbers when nobody can come, unless the rules widen', ({ assert }) => {
    const change = (replacementSpecialty: 'keep' | 'keep_then_any') => {
      const state = drawn({ rules: { replacementSpecialty } })
      const { specialty, id } = state.seats[0]!
      const leaves = state.leaves.filter((leaf) => leaf.id === id || leaf.specialty !== specialty)
      return { ...state, leaves }
    }
    const strict = prepareReplacement(change('keep'), 1)
    assert.equal(strict.ok ? '' : strict.error.code, 'no_replacement')
    if (!strict.ok && strict.error.code === 'no_replacement') {
      assert.equal(strict.error.sameSpecialty, 0)
      assert.isAbove(strict.error.anySpecialty, 0)
    }
    assert.isTrue(must(prepareReplacement(change('keep_then_any'), 1)).widened)
  })

  test('give every candidate the same chance', ({ assert }) => {
    const runs = 6000
    const candidates = must(prepareReplacement(drawn(), 1)).candidates.slice(0, 12)
    const counts = new Map<string, number>()
    for (let run = 0; run < runs; run++) {
      const seed = sha256(u32be(run))
      const [first] = candidates.map(({ id }) => ({ id, ticket: ticketOf(seed, 1, 1, id) })).sort(byTicket)
      counts.set(first!.id, (counts.get(first!.id) ?? 0) + 1)
    }
    const expected = runs / candidates.length
    const statistic = candidates.reduce(
      (sum, { id }) => sum + ((counts.get(id) ?? 0) - expected) ** 2 / expected,
      0
    )
    assert.isBelow(statistic, 12 + 6 * Math.sqrt(24))
  }).timeout(30_000)
})

test.group('DRAW-4: the default panel', () => {
  test('is the first valid five by ticket', ({ assert }) => {
    const rules = rulesFor()
    const { seats } = drawn()
    const panel = defaultPanel(seats, rules)!
    assert.lengthOf(panel, 5)
    const valid: number[][] = []
    for (let mask = 0; mask < 1024; mask++) {
      const members = seats.filter((_, i) => (mask >> i) & 1)
      if (members.length === 5 && fitsPanelRules(members, rules)) valid.push(members.map(({ seat }) => seat))
    }
    valid.sort((a, b) => a.map((seat, i) => seat - b[i]!).find((difference) => difference !== 0) ?? 0)
    assert.deepEqual(panel, valid[0])
  })

  test('has different employers, two specialties and three of the main one, or is none', ({ assert }) => {
    const rules = rulesFor()
    const seat = (number: number, employer: number, specialty: string) => {
      return { seat: number, pin: number, id: `E${number}`, employer, specialty, ticket: '' }
    }
    const ten = [
      seat(1, 1, 'GEO'),
      seat(2, 1, 'GEO'),
      seat(3, 2, 'GEO'),
      seat(4, 3, 'GEO'),
      seat(5, 4, 'GEO'),
      seat(6, 5, 'GEO'),
      seat(7, 6, 'STRUCT'),
    ]
    assert.deepEqual(defaultPanel(ten, rules), [1, 3, 4, 5, 7])
    assert.isNull(defaultPanel(ten.slice(0, 6), rules))
    assert.isFalse(fitsPanelRules(ten.slice(0, 5), rules))
    assert.deepEqual(
      firstValidPanel([1, 2, 3, 4], 2, ([a, b]) => a! + b! === 6),
      [2, 4]
    )
  })
})

test.group('SUP-1: spot checks', () => {
  const check = { occasion: '2026-Q3', ids: ['LZ-1', 'LZ-2', 'LZ-3', 'LZ-4', 'LZ-5'], count: 2 }
  const keys = { server: TRUST.serverVrfKeys[0]!, witness: TRUST.witnessVrfKeys[0]! }

  test('sample by both parties, whatever the order of the list', ({ assert }) => {
    const proofs = proofsFor(spotCheckInput(check))
    const drawnOnce = must(sampleSpotCheck(check, keys, proofs))
    assert.lengthOf(drawnOnce, 2)
    const reversed = { ...check, ids: [...check.ids, 'LZ-1'].reverse() }
    assert.deepEqual(must(sampleSpotCheck(reversed, keys, proofs)), drawnOnce)
    const other = sampleSpotCheck({ ...check, occasion: '2026-Q4' }, keys, proofs)
    assert.equal(other.ok ? '' : other.error.code, 'vrf_proof_wrong')
    const short = sampleSpotCheck({ ...check, count: 6 }, keys, proofs)
    assert.deepEqual(short, { ok: false, error: { code: 'list_too_short', listed: 5, need: 6 } })
  })
})
