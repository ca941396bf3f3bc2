import { addDays } from '#core/regulation/calendar'
import type { DrawFacts, ExpertFacts } from '#draw/domain/facts'
import type { DemoExpert, DemoPlan } from '../../../resources/demo/load_demo.ts'

const TODAY = '2026-03-12'

/** An expert of the demonstration as the rules of the draw of a plan see them. */
export function facts(expert: DemoExpert, plan: DemoPlan): ExpertFacts {
  const earlier = expert.earlier_review
  return {
    id: expert.key,
    state: expert.status,
    term_until: addDays(TODAY, expert.term_days.until),
    birth_year: expert.birth_year,
    grade: expert.grade,
    specialties: expert.specialties,
    methods: expert.methods,
    employments: expert.employments.map((one) => ({
      employer_id: one.employer,
      name: one.employer,
      group_id: null,
      from: one.from,
      until: one.until_days === null ? null : addDays(TODAY, one.until_days),
      retired_from: one.retired_from,
    })),
    leaves: expert.leave_days
      ? [{ from: addDays(TODAY, expert.leave_days.from), until: addDays(TODAY, expert.leave_days.until) }]
      : [],
    reviews_in_month: expert.reviews_this_month,
    earlier_reviews:
      earlier?.plan === plan.key ? [{ organiser_id: earlier.organiser, agency_id: earlier.agency }] : [],
    declared_interest: false,
  }
}

export function drawOf(plan: DemoPlan): DrawFacts {
  const parties = Object.entries(plan.parties).flatMap(([kind, firm]) =>
    firm === null ? [] : [{ kind, organisation_id: firm, group_id: null }]
  )
  return {
    works: plan.works,
    organiser_id: plan.parties.general_contractor ?? '',
    agency_id: plan.parties.agency,
    parties,
    meeting_day: addDays(TODAY, 6),
  }
}
