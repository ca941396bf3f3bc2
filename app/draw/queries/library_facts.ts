import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Regulation } from '#core/regulation/types'
import { libraryForDraw, presentEmployer, type Expert, type LibraryPart } from '#registry/public'
import type { DrawFacts } from '#draw/domain/facts'
import type { PoolExpert } from '#draw/domain/pool_follows_from_the_library'
import type { PlanFacts } from '#draw/plan_facts'

/** States in which a place counts towards the month and bars from reviewing for another organiser. */
const HELD = ['ACCEPTED', 'PANEL', 'ALTERNATE']

export interface LibraryQuestion {
  readonly part: LibraryPart
  readonly planLine: string
  /** YYYY-MM-DD, of which the month counts. */
  readonly meetingDay: string
  /** Places of this draw itself are left out, where it exists already. */
  readonly exceptDraw: string | null
}

/** Part of the library as the rules of the draw see it on one day, in one snapshot. */
export async function libraryFacts(
  trx: TransactionClientContract,
  question: LibraryQuestion,
  regulation: Regulation
): Promise<PoolExpert[]> {
  const [library, months, earlier] = [
    await libraryForDraw(trx, question.part),
    await reviewsInMonth(trx, question),
    await earlierReviews(trx, question),
  ]
  return library.map((expert) =>
    toFacts(expert, months.get(expert.id) ?? 0, earlier.get(expert.id) ?? [], regulation)
  )
}

export function drawFactsOf(plan: PlanFacts, meetingDay: string): DrawFacts {
  return {
    works: plan.works,
    organiser_id: plan.organiser.id,
    agency_id: plan.agency?.id ?? null,
    parties: plan.parties.flatMap(({ kind, organisationId, groupName }) => {
      return organisationId ? [{ kind, organisation_id: organisationId, group_id: groupName }] : []
    }),
    meeting_day: meetingDay,
  }
}

type EarlierReview = { organiser_id: string; agency_id: string | null; recused: boolean }

function toFacts(
  expert: Expert,
  reviewsInMonth: number,
  earlier: readonly EarlierReview[],
  regulation: Regulation
): PoolExpert {
  const employer = presentEmployer(expert) ?? expert.employments[0]
  const cap = regulation.values['draw.reviews_per_month'].value
  const group = regulation.values['draw.group_counts_as_employer'].value ? employer?.groupName : null
  return {
    id: expert.id,
    userId: expert.userId,
    rosterNo: expert.rosterNo,
    name: expert.name,
    employer: {
      id: group ?? employer?.organisationId ?? `none/${expert.rosterNo}`,
      name: employer?.name ?? '—',
    },
    state: expert.status,
    term_until: expert.termUntil,
    birth_year: expert.birthYear,
    grade: expert.grade,
    specialties: expert.specialties,
    methods: expert.methodTags,
    employments: expert.employments.map((one) => ({
      employer_id: one.organisationId,
      group_id: one.groupName,
      from: one.from,
      until: one.until,
      retired_from: one.retiredFrom,
    })),
    leaves:
      expert.leaveFrom && expert.leaveUntil ? [{ from: expert.leaveFrom, until: expert.leaveUntil }] : [],
    // An expert may set a lower cap of their own.
    reviews_in_month: reviewsInMonth >= expert.monthlyCap ? Math.max(reviewsInMonth, cap) : reviewsInMonth,
    earlier_reviews: earlier.filter(({ recused }) => !recused),
    declared_interest: earlier.some(({ recused }) => recused),
  }
}

async function reviewsInMonth(
  trx: TransactionClientContract,
  question: LibraryQuestion
): Promise<Map<string, number>> {
  const rows = await trx
    .from('draw_seats')
    .join('draws', 'draws.id', 'draw_seats.draw_id')
    .join('reviews', 'reviews.id', 'draws.review_id')
    .whereIn('draw_seats.state', HELD)
    .whereNotIn('reviews.state', ['VOIDED', 'CANCELLED'])
    .whereRaw("to_char(draws.meeting_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') = ?", [
      question.meetingDay.slice(0, 7),
    ])
    .whereRaw('draws.id IS DISTINCT FROM ?::uuid', [question.exceptDraw] as any[])
    .groupBy('draw_seats.expert_id')
    .select('draw_seats.expert_id')
    .count('* as n')
  const counts = new Map<string, number>(rows.map((row) => [row.expert_id, Number(row.n)]))
  const served = await trx
    .from('draw_earlier_service')
    .where('meeting_day', 'like', `${question.meetingDay.slice(0, 7)}-%`)
    .groupBy('expert_id')
    .select('expert_id')
    .count('* as n')
  for (const { expert_id, n } of served) counts.set(expert_id, (counts.get(expert_id) ?? 0) + Number(n))
  return counts
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
