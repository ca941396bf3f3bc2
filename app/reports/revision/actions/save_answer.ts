import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { notFound } from '#core/exceptions/refusal'
import { fail, ok, type Result } from '#lib/result'
import { lockReview, type ReviewState } from '#reviews/public'
import { answeringIsOpen } from '#reports/revision/domain/answering_is_open'
import type { Answer, AnswerRow } from '#reports/revision/models/rows'
import { mayAnswer, reviewInSight } from '#reports/revision/policies/revision_access'
import { answersOf, itemsOf, revisionOf, submissionsOf } from '#reports/revision/queries/load_revision'

export type SaveAnswerError =
  | { code: 'E_ANSWERS_CLOSED'; state: ReviewState }
  /** A colleague was faster: their text comes back, nothing is overwritten. */
  | { code: 'E_ANSWER_CHANGED'; theirs: Answer & { revision: number; by: string; savedAt: string } }

const UPSERT = `
  INSERT INTO revision_answers (item_id, taken, change, page, reason, revision, by_user_id, saved_at)
  SELECT :item, :taken, :change, :page, :reason, 1, :by, :at
  WHERE :revision = 0 OR EXISTS (SELECT 1 FROM revision_answers WHERE item_id = :item)
  ON CONFLICT (item_id) DO UPDATE SET taken = excluded.taken, change = excluded.change, page = excluded.page,
    reason = excluded.reason, revision = revision_answers.revision + 1, by_user_id = excluded.by_user_id,
    saved_at = excluded.saved_at
  WHERE revision_answers.revision = :revision
  RETURNING revision`

/**
 * An answer saved as it is typed: work in progress, of which the log says nothing until it is submitted.
 * `revision` is what this page last saw.
 */
export async function saveAnswer(
  actor: Actor,
  reviewId: string,
  itemId: string,
  input: Answer & { revision: number }
): Promise<Result<{ revision: number; savedAt: string }, SaveAnswerError>> {
  await reviewInSight(actor, reviewId)
  return db.transaction(async (trx) => {
    const review = await lockReview(trx, reviewId)
    const plan = await trx.from('plans').where('id', review.planId).firstOrFail()
    const revision = await revisionOf(reviewId, trx)
    if (!revision || !mayAnswer(actor, plan)) throw notFound()
    const item = (await itemsOf(revision.id, trx)).find(({ id }) => id === itemId)
    if (!item) throw notFound()
    const submissions = await submissionsOf(revision.id, trx)
    if (!answeringIsOpen(review.state, review.conclusion, submissions.length))
      return fail({ code: 'E_ANSWERS_CLOSED', state: review.state })
    const at = businessNow()
    const taken = item.kind === 'must_fix' ? true : input.taken
    const { change, page, reason } = input
    const bindings = {
      item: itemId,
      taken,
      change,
      page,
      reason,
      revision: input.revision,
      by: actor.userId,
      at,
    }
    const saved = await trx.rawQuery(UPSERT, bindings as any)
    if (saved.rows[0]) return ok({ revision: saved.rows[0].revision as number, savedAt: at.toISOString() })
    return fail(await conflict(trx, revision.id, itemId))
  })
}

async function conflict(
  trx: TransactionClientContract,
  revisionId: string,
  itemId: string
): Promise<SaveAnswerError> {
  const row = (await answersOf(revisionId, trx)).find(({ item_id }) => item_id === itemId)
  const { taken, change, page, reason, revision, by_name, saved_at }: AnswerRow = row!
  const theirs = { taken, change, page, reason, revision, by: by_name, savedAt: saved_at.toISOString() }
  return { code: 'E_ANSWER_CHANGED', theirs }
}
