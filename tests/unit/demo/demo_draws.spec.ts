import { test } from '@japa/runner'
import { sha256, u32be, utf8 } from '#lib/bytes'
import { chancesOf, type Chances } from '#lib/draw/chances'
import { fitsPanelRules, firstValidPanel } from '#lib/draw/panel'
import type { PoolLeaf } from '#lib/draw/pool'
import { drawByRounding } from '#lib/draw/rounded_draw'
import { buildRuler, pinned } from '#lib/draw/ruler'
import type { DrawRules } from '#lib/draw/rules'
import { drawRules } from '#draw/domain/draw_rules_follow_from_the_regulation'
import { poolCandidates, type PoolExpert } from '#draw/domain/pool_follows_from_the_library'
import { type DemoPlan, loadDemo } from '../../../resources/demo/load_demo.ts'
import { nanning } from '../core/nanning.ts'
import { drawOf, facts } from './demo_facts.ts'

const regulation = await nanning()
const loaded = await loadDemo()
if (!loaded.ok) throw new Error(JSON.stringify(loaded.error))
const demo = loaded.value
const RUNS = 150
const zero = '00'.repeat(32)
const keys = { serverKey: 'aa'.repeat(32), witnessKey: 'bb'.repeat(32), saltKeyCommitment: zero }

/** The library as the draw of a plan reads it. */
function library(plan: DemoPlan): PoolExpert[] {
  return demo.experts.map((expert) => {
    const employer = (expert.employments.find((one) => one.until_days === null) ?? expert.employments[0]!)
      .employer
    return {
      ...facts(expert, plan),
      userId: expert.key,
      rosterNo: expert.roster_no,
      name: expert.name,
      employer: { id: employer, name: employer },
      lost_specialties: [],
      home_city: null,
    }
  })
}

function leavesOf(plan: DemoPlan, taken: number): PoolLeaf[] {
  const steps = regulation.draw_widening.slice(0, taken)
  const candidates = poolCandidates(library(plan), drawOf(plan), regulation, steps)
  const numbers = [...new Set(candidates.map(({ employerId }) => employerId))]
  return candidates.map(({ id, specialty, excluded, employerId }) => {
    const employer = numbers.indexOf(employerId) + 1
    return { v: 1, id, employer, specialty, excluded, identity: zero, salt: zero }
  })
}

/** Of so many draws, how many give ten that hold no valid panel. */
function withoutPanel(leaves: PoolLeaf[], chances: Chances, rules: DrawRules): number {
  const specialties = new Map(leaves.map(({ id, specialty }) => [id, specialty]))
  let none = 0
  for (let run = 0; run < RUNS; run++) {
    const seed = sha256(utf8('demo'), u32be(run))
    const drawn =
      chances.by === 'cell'
        ? drawByRounding(leaves, chances, seed, 1).drawn
        : pinned(buildRuler(leaves, chances, seed, 1))
    const ten = drawn.map(({ id, employer }, i) => {
      return { id, employer, specialty: specialties.get(id)!, seat: i + 1, pin: null, ticket: '' }
    })
    if (!firstValidPanel(ten, rules.panel.size, (members) => fitsPanelRules(members, rules))) none++
  }
  return none
}

test.group('Draws of the demonstration', (group) => {
  group.each.timeout(120_000)

  for (const plan of demo.plans.filter((one) => one.must_come_out_as !== 'not_hazardous')) {
    test(`DRAW-4: the ten always make a panel: ${plan.key}`, ({ assert }) => {
      const rules = drawRules(plan.works, regulation, keys)
      for (let taken = 0; taken <= regulation.draw_widening.length; taken++) {
        const leaves = leavesOf(plan, taken)
        const chances = chancesOf(leaves, rules)
        if (!chances.ok) continue
        assert.equal(withoutPanel(leaves, chances.value, rules), 0)
        // The pool of the crane is so small that its ten could be guessed; neighbouring specialties join it.
        assert.equal(taken, plan.key === 'taji-anzhuang' ? 1 : 0)
        return
      }
      assert.fail('no step of widening sufficed')
    })
  }

  test('DRAW-4: which caps alone would not give: of the pit’s draws one in five has none', ({ assert }) => {
    const pit = demo.plans[0]!
    const rules = { ...drawRules(pit.works, regulation, keys), quotas: [], maxPerEmployer: 10 }
    const leaves = leavesOf(pit, 0)
    const chances = chancesOf(leaves, rules)
    if (!chances.ok) throw new Error(chances.error.code)
    const share = withoutPanel(leaves, chances.value, rules) / RUNS
    assert.isAbove(share, 0.1)
    assert.isBelow(share, 0.3)
  })
})
