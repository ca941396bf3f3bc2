import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { notFound } from '#core/exceptions/refusal'
import { fail, ok, type Result } from '#lib/result'
import { lockReview } from '#reviews/public'
import type { Judgement } from '#reports/revision/models/rows'
import { isLeader, reviewInSight } from '#reports/revision/policies/revision_access'
import { revisionOf, submissionsOf } from '#reports/revision/queries/load_revision'

export type DraftError = { code: 'E_NOTHING_TO_CHECK' } | { code: 'E_DRAFT_CHANGED'; revision: number }

const UPSERT = `
  INSERT INTO leader_opinion_drafts (submission_id, text, judged, revision, saved_at)
  SELECT :submission, :text, :judged::jsonb, 1, :at
  WHERE :revision = 0 OR EXISTS (SELECT 1 FROM leader_opinion_drafts WHERE submission_id = :submission)
  ON CONFLICT (submission_id) DO UPDATE SET text = excluded.text, judged = excluded.judged,
    revision = leader_opinion_drafts.revision + 1, saved_at = excluded.saved_at
  WHERE leader_opinion_drafts.revision = :revision
  RETURNING revision`

/** The leader's opinion in work, saved as it is typed; the second of two tabs is told. */
export async function saveOpinionDraft(
  actor: Actor,
  reviewId: string,
  input: { submission: number; text: string; judged: Record<string, Judgement>; revision: number }
): Promise<Result<{ revision: number; savedAt: string }, DraftError>> {
  await reviewInSight(actor, reviewId)
  return db.transaction(async (trx) => {
    const review = await lockReview(trx, reviewId)
    const revision = await revisionOf(reviewId, trx)
    if (!revision || !isLeader(actor, revision)) throw notFound()
    const [submission] = await submissionsOf(revision.id, trx)
    if (review.state !== 'REVISION_SUBMITTED' || submission?.number !== input.submission)
      return fail({ code: 'E_NOTHING_TO_CHECK' })
    const at = businessNow()
    const bindings = {
      submission: submission.id,
      text: input.text,
      judged: JSON.stringify(input.judged),
      revision: input.revision,
      at,
    }
    const saved = await trx.rawQuery(UPSERT, bindings as any)
    if (saved.rows[0]) return ok({ revision: saved.rows[0].revision as number, savedAt: at.toISOString() })
    const now = await trx.from('leader_opinion_drafts').where('submission_id', submission.id).firstOrFail()
    return fail({ code: 'E_DRAFT_CHANGED', revision: now.revision })
  })
}
