import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { notFound } from '#core/exceptions/refusal'
import { reviewById } from '#reviews/public'
import { FILED_PARTS, filingState } from '#reports/domain/filing_is_complete'
import { filedParts, filingOf, imagesOf } from '#reports/filing/queries/filing_parts'
import { mayFile, reviewInSight } from '#reports/revision/policies/revision_access'
import type { FilingRow } from '#reports/revision/models/rows'

/** REP-5: what is in, what is missing, until when; the same for everyone who may see the report. */
export async function filingView(actor: Actor, reviewId: string) {
  await reviewInSight(actor, reviewId)
  const filing = await filingOf(reviewId)
  const review = await reviewById(reviewId)
  if (!filing || !review) throw notFound()
  const plan = await db.from('plans').where('id', filing.plan_id).firstOrFail()
  const report = await db.from('reports').where('review_id', reviewId).first()
  const images = await imagesOf(filing.id)
  return {
    review: { id: reviewId, number: review.number, state: review.state, conclusion: review.conclusion },
    plan: { id: plan.id, number: plan.number, name: plan.name, projectName: plan.project_name },
    report: report ? { id: report.id, code: report.code, state: report.state } : null,
    ...(await filingStanding(filing)),
    images: images.map(({ id, kind, type, size, width, height, caption, sha256, uploaded_at }) => {
      return { id, kind, type, size, width, height, caption, sha256, at: uploaded_at.toISOString() }
    }),
    mine: { files: mayFile(actor, plan) && filing.completed_at === null },
  }
}

/** Parts and deadline, also for lists and for the page of the revision. */
export async function filingStanding(filing: FilingRow) {
  const parts = await filedParts(filing)
  const { state, missing } = filingState(parts, filing.due_at, businessNow())
  return {
    state,
    missing,
    meetingEndedAt: filing.meeting_ended_at.toISOString(),
    dueAt: filing.due_at.toISOString(),
    provisional: filing.provisional,
    completedAt: filing.completed_at?.toISOString() ?? null,
    parts: FILED_PARTS.map((part) => ({ part, at: parts[part]?.toISOString() ?? null })),
  }
}

/** A picture's row, for whoever may see the report. @throws 404 */
export async function imageInSight(actor: Actor, reviewId: string, imageId: string) {
  await reviewInSight(actor, reviewId)
  const filing = await filingOf(reviewId)
  const image = filing && (await imagesOf(filing.id)).find(({ id }) => id === imageId)
  if (!image) throw notFound()
  return image
}
