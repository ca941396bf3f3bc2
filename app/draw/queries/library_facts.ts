import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Regulation } from '#core/regulation/types'
import { companyKey } from '#lib/company_name'
import { addDays, addYears } from '#core/regulation/calendar'
import type { Expert, LibraryPart } from '#registry/public'
import {
  effectiveCap,
  groupsOn,
  libraryForDraw,
  presentEmployer,
  specialtiesHeldBefore,
} from '#registry/public'
import type { DrawFacts } from '#draw/domain/facts'
import type { PoolExpert } from '#draw/domain/pool_follows_from_the_library'
import type { PlanFacts } from '#draw/plan_facts'
import { reviewsInMonth } from '#draw/queries/reviews_in_month'

/** Of a plan, what decides who has an interest in it. */
type DrawnPlan = Pick<PlanFacts, 'works' | 'organiser' | 'agency' | 'parties'>

export interface LibraryQuestion extends LibraryPart {
  readonly plan: DrawnPlan
  readonly planLine: string
  /** YYYY-MM-DD, of which the month counts. */
  readonly meetingDay: string
  /** Places of this draw itself are left out, where it exists already. */
  readonly exceptDraw: string | null
}

/** Part of the library, and the plan, as the rules of the draw see them on one day, in one snapshot. */
export async function libraryFacts(
  trx: TransactionClientContract,
  question: LibraryQuestion,
  regulation: Regulation
): Promise<{ experts: PoolExpert[]; draw: DrawFacts }> {
  const { meetingDay, specialties } = question
  const shown = regulation.values['draw.lost_specialty_shown_days'].value
  const lost = await specialtiesHeldBefore(trx, addDays(meetingDay, -shown))
  const lately = [...lost].flatMap(([id, held]) =>
    held.some((one) => specialties.includes(one)) ? [id] : []
  )
  const library = await libraryForDraw(trx, { specialties, ids: [...question.ids, ...lately] })
  const months = await reviewsInMonth(trx, meetingDay.slice(0, 7), question.exceptDraw)
  const earlier = await earlierReviews(trx, question)
  const groups = await groupsOn(trx, meetingDay)
  const draw = drawFactsOf(question.plan, meetingDay, groups)
  const experts = library.map((expert) => {
    const own = {
      months: months.get(expert.id) ?? 0,
      earlier: earlier.get(expert.id) ?? [],
      lost: lost.get(expert.id) ?? [],
    }
    return toFacts(expert, { ...own, groups, draw }, regulation)
  })
  return { experts, draw }
}

function drawFactsOf(plan: DrawnPlan, meetingDay: string, groups: Groups): DrawFacts {
  return {
    works: plan.works,
    organiser_id: plan.organiser.id,
    agency_id: plan.agency?.id ?? null,
    parties: plan.parties.flatMap(({ kind, organisationId, name }) => {
      if (!organisationId || !name) return []
      const key = companyKey(name)
      return [{ kind, organisation_id: key, group_id: groups.get(key) ?? null }]
    }),
    meeting_day: meetingDay,
  }
}

/**
 * Group of companies by company. Companies are what their names are compared by, not rows: one that stands there twice,
 * in two spellings, is one employer all the same (DRAW-4, DRAW-5).
 */
type Groups = ReadonlyMap<string, string>

type EarlierReview = { organiser_id: string; agency_id: string | null; recused: boolean }

interface Surroundings {
  readonly months: number
  readonly earlier: readonly EarlierReview[]
  readonly lost: readonly string[]
  readonly groups: Groups
  readonly draw: DrawFacts
}

function toFacts(
  expert: Expert,
  { months, earlier, lost, groups, draw }: Surroundings,
  regulation: Regulation
): PoolExpert {
  const employer = presentEmployer(expert) ?? expert.employments[0]
  const cap = regulation.values['draw.reviews_per_month'].value
  const groupsCount = regulation.values['draw.group_counts_as_employer'].value
  const company = employer && companyKey(employer.name)
  const group = groupsCount && company ? groups.get(company) : null
  return {
    id: expert.id,
    userId: expert.userId,
    rosterNo: expert.rosterNo,
    name: expert.name,
    employer: {
      id: group ?? company ?? `none/${expert.rosterNo}`,
      name: employer?.name ?? '—',
    },
    state: expert.status,
    term_until: expert.termUntil,
    birth_year: expert.birthYear,
    grade: expert.grade,
    specialties: expert.specialties,
    methods: expert.methodTags,
    lost_specialties: lost,
    home_city: expert.homeCity,
    employments: expert.employments.map((one) => ({
      employer_id: companyKey(one.name),
      name: one.name,
      group_id: groups.get(companyKey(one.name)) ?? null,
      from: one.from,
      until: one.until,
      retired_from: one.retiredFrom,
    })),
    leaves: expert.leaves,
    // Full by a lower cap of the expert's is as full as by the regulation's.
    reviews_in_month: months >= effectiveCap(expert, cap) ? Math.max(months, cap) : months,
    earlier_reviews: earlier.filter(({ recused }) => !recused),
    declared_interest: earlier.some(({ recused }) => recused) || hasInterest(expert, draw, regulation),
  }
}

/** Rule DRAW-5. An interest in a party that lasts, or that ended as recently as an employer would count. */
function hasInterest(expert: Expert, draw: DrawFacts, regulation: Regulation): boolean {
  const since = addYears(draw.meeting_day, -regulation.values['draw.recent_employer_years'].value)
  return expert.interests.some(
    ({ name, until }) =>
      (until === null || until >= since) &&
      draw.parties.some((party) => party.organisation_id === companyKey(name))
  )
}

/** Places in other draws of the same plan, renamed and submitted again included. */
async function earlierReviews(
  trx: TransactionClientContract,
  question: LibraryQuestion
): Promise<Map<string, EarlierReview[]>> {
  const rows = await trx
    .from('draw_seats')
    .join('draws', 'draws.id', 'draw_seats.draw_id')
    .where('draws.plan_line', question.planLine)
    .whereRaw('draws.id IS DISTINCT FROM ?::uuid', [question.exceptDraw] as any[])
    .whereRaw("coalesce(draw_seats.left_as, draw_seats.state) IN ('PANEL', 'ALTERNATE', 'RECUSED')")
    .select('draw_seats.expert_id', 'draws.organiser_id', 'draws.agency_id')
    .select(trx.raw("coalesce(draw_seats.left_as, draw_seats.state) = 'RECUSED' AS recused"))
  const served = await trx.from('draw_earlier_service').where('plan_line', question.planLine)
  const found = new Map<string, EarlierReview[]>()
  for (const { expert_id, organiser_id, agency_id, recused = false } of [...rows, ...served]) {
    found.set(expert_id, [...(found.get(expert_id) ?? []), { organiser_id, agency_id, recused }])
  }
  return found
}
