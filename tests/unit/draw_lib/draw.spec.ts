import { test } from '@japa/runner'
import { fromHex, sha256, toHex, utf8 } from '#lib/bytes'
import { performDraw, prepareDraw } from '#lib/draw/draw'
import { planKey } from '#lib/draw/plan_key'
import { buildPool, poolRoot } from '#lib/draw/pool'
import { buildRuler, pinned, rulerPicture } from '#lib/draw/ruler'
import { drawSaltKey, identityCommitment, identitySalt, leafSalt, saltKeyCommitment } from '#lib/draw/salts'
import { ticketOf } from '#lib/draw/ticket'
import {
  candidatesOf,
  capChances,
  frozenDraw,
  must,
  PLAN,
  proofsFor,
  rulesFor,
  SALT_KEY,
  seededRandom,
  shuffled,
  WORKED_EXAMPLE,
} from './support/fixtures.js'

const seed = sha256(utf8('test'))

test.group('DRAW-1: the draw', () => {
  test('gives the golden ticket', ({ assert }) => {
    assert.equal(
      toHex(ticketOf(seed, 0, 0, 'E001')),
      '4d37736a7d519744bd628878a04b7aa32325b1e255454aa9c63ecfbd41293cb0'
    )
  })

  test('does not depend on the order of candidates, leaves or fields', ({ assert }) => {
    const random = seededRandom('orders')
    const { draw } = frozenDraw()
    const { drawId } = must(prepareDraw(draw))
    const proofs = proofsFor(drawId)
    const { result } = must(performDraw(draw, proofs))
    for (let i = 0; i < 5; i++) {
      const candidates = shuffled(candidatesOf(WORKED_EXAMPLE), random)
      const { leaves } = buildPool(candidates, { saltKey: SALT_KEY, planKey: draw.planKey, round: 1 })
      assert.deepEqual(leaves, draw.leaves)
      const rules = Object.fromEntries(shuffled(Object.entries(rulesFor()), random)) as typeof draw.rules
      assert.equal(must(prepareDraw({ ...draw, rules, leaves })).drawId, drawId)
      const chances = capChances(draw.leaves, draw.rules.maxPerEmployer)
      const mixed = pinned(buildRuler(shuffled(leaves, random), chances, seed, 1))
      assert.deepEqual(mixed, pinned(buildRuler(leaves, chances, seed, 1)))
    }
    assert.deepEqual(
      result.seats.map(({ seat }) => seat),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    )
    const tickets = result.seats.map(({ ticket }) => ticket)
    assert.deepEqual(tickets, [...tickets].sort())
    assert.deepEqual(
      result.seats.map(({ pin }) => pin).sort((a, b) => a! - b!),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    )
  })

  test('draws nobody who is excluded, and nobody twice', ({ assert }) => {
    const { draw } = frozenDraw()
    const out = new Set(draw.leaves.filter(({ excluded }) => excluded).map(({ id }) => id))
    assert.equal(out.size, 5)
    const { seats } = must(performDraw(draw, proofsFor(must(prepareDraw(draw)).drawId))).result
    assert.isFalse(seats.some(({ id }) => out.has(id)))
    assert.equal(new Set(seats.map(({ employer }) => employer)).size, 10)
  })

  test('stalls without either party, and takes nothing in its place', ({ assert }) => {
    const { draw } = frozenDraw()
    const { drawId } = must(prepareDraw(draw))
    const proofs = proofsFor(drawId)
    const code = (given: typeof proofs) => {
      const done = performDraw(draw, given)
      return done.ok ? 'drawn' : `${done.error.code} ${'party' in done.error ? done.error.party : ''}`
    }
    assert.equal(code({ ...proofs, witness: null }), 'proof_missing witness')
    assert.equal(code({ ...proofs, witness: proofs.server }), 'vrf_proof_wrong witness')
    assert.equal(code({ ...proofs, server: proofs.witness! }), 'vrf_proof_wrong server')
    assert.equal(code(proofs), 'drawn')
  })

  test('names a draw by everything that bears on it', ({ assert }) => {
    const ids = [
      frozenDraw(),
      frozenDraw({ plan: { round: 2 } }),
      frozenDraw({ plan: { part: 'A-08' } }),
      frozenDraw({ rules: { maxPerEmployer: 3 } }),
      frozenDraw({ sizes: [...WORKED_EXAMPLE, 1] }),
    ].map(({ draw }) => must(prepareDraw(draw)).drawId)
    assert.equal(new Set(ids).size, ids.length)
  })

  test('gives the ruler as the picture shows it', ({ assert }) => {
    const { draw } = frozenDraw()
    const { ruler, result } = must(performDraw(draw, proofsFor(must(prepareDraw(draw)).drawId)))
    const picture = rulerPicture(ruler!)
    assert.lengthOf(picture.segments, 64)
    assert.lengthOf(picture.pins, 10)
    picture.pins.forEach(({ id, pin, at }, i) => {
      assert.equal(pin, i + 1)
      assert.closeTo(at, picture.offset.at + i, 1e-6)
      const segment = picture.segments.find((other) => other.id === id)!
      assert.equal(segment.pin, pin)
      assert.isTrue(segment.at <= at + 1e-6 && at < segment.at + segment.size + 1e-6)
      assert.equal(result.seats.find((seat) => seat.id === id)!.pin, pin)
    })
    const employers = picture.segments.map(({ employer }) => employer)
    const runs = employers.filter((employer, i) => employer !== employers[i - 1]).length
    assert.equal(runs, 22)
    assert.closeTo(picture.segments.at(-1)!.at + picture.segments.at(-1)!.size, 10, 1e-6)
  })
})

test.group('DRAW-6: one plan, one key', () => {
  test('however it is renamed, widened or re-ordered', ({ assert }) => {
    const key = planKey(PLAN)
    assert.equal(key, planKey({ ...PLAN, permit: '４５０１０３ ２０２６０１１５０１０１' }))
    assert.equal(key, planKey({ ...PLAN, categories: ['lift', 'PIT', 'PIT'] }))
    assert.equal(key, planKey({ ...PLAN, part: 'ａ－０７\u200b' }))
    for (const other of [
      { ...PLAN, round: 2 },
      { ...PLAN, part: 'A-08' },
      { ...PLAN, categories: ['PIT'] },
      { ...PLAN, permit: '450103202601150102' },
      { ...PLAN, categories: ['PITLIFT'] },
    ]) {
      assert.notEqual(planKey(other), key)
    }
    assert.throws(() => planKey({ ...PLAN, round: 0 }), 'round')
    assert.throws(() => planKey({ ...PLAN, round: 65536 }), 'round')
  })
})

test.group('DRAW-9: the pool on show', () => {
  const draw = { saltKey: SALT_KEY, planKey: planKey(PLAN), round: 1 }
  const { leaves, openings } = buildPool(candidatesOf(WORKED_EXAMPLE), draw)

  test('commits to eligible and excluded, without a name', ({ assert }) => {
    assert.lengthOf(leaves, 69)
    assert.lengthOf(
      leaves.filter(({ excluded }) => excluded === 'interest'),
      5
    )
    assert.isFalse(JSON.stringify(leaves).includes('专家'))
    openings.forEach((opening, i) => assert.equal(identityCommitment(opening), leaves[i]!.identity))
    const changed = leaves.map((leaf) => (leaf.excluded ? { ...leaf, excluded: 'term_over' } : leaf))
    assert.notEqual(poolRoot(changed), poolRoot(leaves))
  })

  test('numbers employers anew in each draw, and a new name changes no number', ({ assert }) => {
    const again = buildPool(candidatesOf(WORKED_EXAMPLE), {
      ...draw,
      planKey: planKey({ ...PLAN, round: 2 }),
    })
    assert.notDeepEqual(
      again.leaves.map(({ employer }) => employer),
      leaves.map(({ employer }) => employer)
    )
    const renamed = candidatesOf(WORKED_EXAMPLE).map((one) => ({
      ...one,
      employerName: `新${one.employerName}`,
    }))
    assert.deepEqual(
      buildPool(renamed, draw).leaves.map(({ employer }) => employer),
      leaves.map(({ employer }) => employer)
    )
    assert.equal(new Set(leaves.map(({ employer }) => employer)).size, 22)
  })

  test('takes its salts from the key committed to, so an inspector can check each', ({ assert }) => {
    const key = drawSaltKey(SALT_KEY, draw.planKey, 1)
    for (const [i, leaf] of leaves.entries()) {
      assert.equal(leaf.salt, leafSalt(key, leaf.id))
      assert.equal(openings[i]!.salt, identitySalt(key, leaf.id))
    }
    assert.notEqual(saltKeyCommitment(SALT_KEY), toHex(SALT_KEY))
    assert.notEqual(toHex(drawSaltKey(SALT_KEY, draw.planKey, 2)), toHex(key))
    assert.lengthOf(fromHex(saltKeyCommitment(SALT_KEY)), 32)
  })

  test('refuses one expert under two phones', ({ assert }) => {
    const [first, ...rest] = candidatesOf(WORKED_EXAMPLE)
    assert.throws(() => buildPool([first!, { ...first!, name: '别名' }, ...rest], draw), 'duplicate_expert')
  })
})
