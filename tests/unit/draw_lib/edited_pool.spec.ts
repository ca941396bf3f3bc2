import { test } from '@japa/runner'
import { performDraw, prepareDraw } from '#lib/draw/draw'
import { frozenDraw, must, proofsFor } from './support/fixtures.js'

test.group('DRAW-9: a pool edited between its commitment and the numbers', () => {
  const { draw } = frozenDraw()
  const proofs = proofsFor(must(prepareDraw(draw)).drawId)
  const code = (leaves: typeof draw.leaves) => {
    const performed = performDraw({ ...draw, leaves }, proofs)
    return performed.ok ? 'drawn' : performed.error.code
  }

  test('the numbers that were given for the committed pool fit no other', ({ assert }) => {
    const at = draw.leaves.findIndex(({ excluded }) => excluded === null)
    const changed = (set: object) => draw.leaves.map((leaf, i) => (i === at ? { ...leaf, ...set } : leaf))
    assert.equal(code(draw.leaves), 'drawn')
    assert.equal(code(changed({ excluded: 'interest' })), 'vrf_proof_wrong')
    assert.equal(code(changed({ employer: draw.leaves.at(-1)!.employer })), 'vrf_proof_wrong')
    assert.equal(code(changed({ identity: draw.leaves.at(-1)!.identity })), 'vrf_proof_wrong')
    assert.equal(code(draw.leaves.slice(1)), 'vrf_proof_wrong')
  })
})
