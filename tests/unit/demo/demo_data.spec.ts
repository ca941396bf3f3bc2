import { test } from '@japa/runner'
import { exclusionsOf } from '#draw/domain/exclusions'
import { matchOf } from '#draw/domain/expert_matches_the_plan'
import { tagsOf } from '#draw/domain/tags_follow_from_the_works'
import { assessPlan } from '#plans/domain/assess_all'
import { amountsToListedDefect, concretenessHints } from '#sessions/domain/opinion_is_concrete'
import { type DemoExpert, type DemoPlan, loadDemo } from '../../../resources/demo/load_demo.ts'
import { nanning } from '../core/nanning.ts'
import { drawOf, facts } from './demo_facts.ts'

const regulation = await nanning()
const loaded = await loadDemo()
if (!loaded.ok) throw new Error(JSON.stringify(loaded.error))
const demo = loaded.value

const eligible = (plan: DemoPlan) =>
  demo.experts.filter((expert) => exclusionsOf(facts(expert, plan), drawOf(plan), regulation).length === 0)
const employers = (experts: readonly DemoExpert[]) =>
  new Set(experts.map((one) => one.employments.at(-1)?.employer))
const pit = demo.plans[0]!

test.group('Data of the demonstration', () => {
  for (const plan of demo.plans) {
    test(`PLAN-1: ${plan.name} comes out as ${plan.must_come_out_as}`, ({ assert }) => {
      const assessed = assessPlan(plan.works, regulation)
      if ('errors' in assessed) throw new Error(JSON.stringify(assessed.errors))
      const verdict = assessed.review_required
        ? 'review_required'
        : assessed.hazardous
          ? 'hazardous'
          : 'not_hazardous'
      assert.equal(verdict, plan.must_come_out_as)
      assert.deepEqual(
        assessed.works.map((work) => work.grounds.length),
        plan.works.map((work) => work.grounds)
      )
      assert.isAtMost([...plan.summary].length, regulation.values['report.summary_maximum_characters'].value)
    })
  }

  test('DRAW-1: of the pit 64 can be drawn from 22 employers, and enough for every other review', ({
    assert,
  }) => {
    assert.lengthOf(eligible(pit), 64)
    assert.equal(employers(eligible(pit)).size, 22)
    for (const plan of demo.plans.filter((one) => one.must_come_out_as === 'review_required')) {
      const pool = eligible(plan)
      const tags = tagsOf(plan.works, regulation)
      const main = pool.filter((one) => matchOf(one, tags)?.kind === 'main')
      assert.isAtLeast(employers(pool).size, 10, plan.name)
      assert.isAtLeast(employers(main).size, 5, plan.name)
    }
  })

  test('DRAW-5, DRAW-6, DRAW-8, REG-1, REG-3: each rule visibly keeps somebody out of the pit', ({
    assert,
  }) => {
    const codes: Record<string, string> = {
      suspended: 'suspended',
      expired: 'term_expired',
      term_over: 'term_expired',
      party_employer: 'party_employer',
      recent_party_employer: 'party_former_employer',
      retired_from_party: 'party_former_employer',
      earlier_panel: 'reviewed_this_plan',
      monthly_cap: 'monthly_cap',
      on_leave: 'on_leave',
      in_publicity: 'not_listed',
      applied: 'not_listed',
      removed: 'not_listed',
    }
    const shown = demo.experts.filter((one) => one.why !== null)
    assert.sameMembers([...new Set(shown.map((one) => one.why))], Object.keys(codes))
    for (const expert of shown) {
      const found = exclusionsOf(facts(expert, pit), drawOf(pit), regulation).map((one) => one.code)
      assert.deepEqual(found, [codes[expert.why ?? '']], `${expert.name} ${expert.why}`)
    }
  })

  test('names are invented, each once, long and rare ones among them', ({ assert }) => {
    const names = [...demo.experts, ...demo.people].map((one) => one.name)
    assert.equal(new Set(names).size, names.length)
    assert.isTrue(demo.people.some((one) => one.name.includes('𠮷')))
    assert.isFalse(demo.experts.some((one) => one.name.includes('𠮷')))
    assert.isAtLeast(demo.experts.filter((one) => [...one.name].length > 8).length, 3)
    assert.isAtLeast(employers(demo.experts).size, 25)
  })

  test('vocabulary of experts is that of the regulation', ({ assert }) => {
    const known = (list: readonly { code: string }[]) => new Set(list.map((one) => one.code))
    const [specialties, methods, titles, roles] = [
      regulation.specialties,
      regulation.methods,
      regulation.titles,
      regulation.attendees,
    ].map(known)
    for (const expert of demo.experts) {
      assert.isTrue(expert.specialties.every((one) => specialties?.has(one)) && titles?.has(expert.title))
      assert.isTrue(expert.methods.every((one) => methods?.has(one)))
    }
    for (const person of demo.people) assert.isTrue(person.attends_as.every((one) => roles?.has(one)))
  })

  test('MEET-5: the opinions are concrete and none but a severe defect is worded as one', ({ assert }) => {
    const opinions = demo.meetings.flatMap((one) => one.opinions)
    const items = new Set(regulation.severe_defects.flatMap((group) => group.items.map((item) => item.code)))
    for (const opinion of opinions) {
      assert.deepEqual(concretenessHints(opinion), [], opinion.requirement)
      if (opinion.kind === 'severe_defect') assert.isTrue(items.has(opinion.defect_item ?? ''))
      else assert.isNull(amountsToListedDefect(opinion.requirement, regulation.severe_defects))
    }
    for (const { plan } of demo.meetings) assert.isTrue(demo.plans.some((one) => one.key === plan))
  })
})
