import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { hostOf, mayEdit } from '#plans/public'
import { visibleReports } from '#reports/policies/visible_reports'
import type { RevisionRow } from '#reports/revision/models/rows'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Reviews whose report this person may see; filing and revision are seen by the same people (SEC-2). */
export function reviewsInSight(actor: Actor) {
  return visibleReports(actor).select('reports.review_id')
}

/** @throws 404 for everybody else's. */
export async function reviewInSight(actor: Actor, reviewId: string): Promise<void> {
  const row = UUID.test(reviewId)
    ? await visibleReports(actor).where('reports.review_id', reviewId).first()
    : null
  if (!row) throw notFound()
}

type Plan = { organisation_id: string; agency_organisation_id: string | null }

/** Who answers: the people of the enterprise that writes the plan. */
export function mayAnswer(actor: Actor, plan: Plan): boolean {
  return mayEdit(actor, plan)
}

/** Answers in work are the writers' own until they are submitted. */
export function seesDraftAnswers(actor: Actor, plan: Plan): boolean {
  return actor.organisationId === plan.organisation_id && ['organiser', 'technical_head'].includes(actor.kind)
}

/** Who brings the meeting's papers: the contractor or the agency that organised it. */
export function mayFile(actor: Actor, plan: Plan): boolean {
  return hostOf(actor, plan) !== null
}

export function isLeader(actor: Actor, revision: Pick<RevisionRow, 'leader_user_id'>): boolean {
  return actor.kind === 'expert' && actor.userId === revision.leader_user_id
}
