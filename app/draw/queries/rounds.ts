import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { samePermit } from '#lib/draw/looks_alike'
import { keyOfRoundBefore, ROUND_FAILED_TYPE } from '#lib/draw/round_before'
import { lockReview, reviewStream } from '#reviews/public'
import type { UnitOfWork } from '#ledger/public'
import { recordFailedRound } from '#draw/actions/record_failed_round'
import type { EarlierDraw } from '#draw/domain/a_round_follows_a_failed_one'
import { findEntry } from '#draw/entropy/ledger_claim'
import type { DrawRow } from '#draw/models/draw'

/** Every draw so far, as the rule of rounds asks for it. */
export async function earlierDraws(trx: TransactionClientContract): Promise<EarlierDraw[]> {
  const rows: Pick<DrawRow, 'number' | 'plan_key' | 'plan_identity' | 'failed_at'>[] = await trx
    .from('draws')
    .select('number', 'plan_key', 'plan_identity', 'failed_at')
  return rows.map(({ number, plan_key, plan_identity, failed_at }) => {
    return { number, planKey: plan_key, plan: plan_identity, failed: failed_at !== null }
  })
}

/** Where the log holds that the round before a draw's ended in 不通过; null of a first round, and where it does not. */
export async function roundBeforeEntry({ plan_identity: plan }: DrawRow): Promise<number | null> {
  const key = keyOfRoundBefore(plan)
  if (key === null) return null
  const before: DrawRow | null = await db.from('draws').where('plan_key', key).first()
  if (!before) return null
  return findEntry(reviewStream(before.review_id), ROUND_FAILED_TYPE, { planKey: key })
}

/** A round that was closed by a release which did not tell the log that it had failed. */
export async function recordOlderFailure(unit: UnitOfWork, planKey: string | null): Promise<void> {
  const before = planKey && (await unit.trx.from('draws').where('plan_key', planKey).first())
  if (!before || before.failed_at) return
  const review = await lockReview(unit.trx, before.review_id)
  if (review.state === 'CLOSED' && review.conclusion === 'FAIL') await recordFailedRound(unit, review)
}

/** Other draws of the permit, however it is spelt, the first first: whoever watches tells whether the part is another. */
export async function drawsUnderPermit(draw: DrawRow) {
  const rows: Pick<DrawRow, 'id' | 'number' | 'plan_identity' | 'failed_at'>[] = await db
    .from('draws')
    .whereNot('id', draw.id)
    .orderBy('committed_at')
    .select('id', 'number', 'plan_identity', 'failed_at')
  return rows
    .filter(({ plan_identity: plan }) => samePermit(plan, draw.plan_identity))
    .map(({ id, number, plan_identity: { round, part, categories }, failed_at }) => {
      return { id, number, round, part, categories, failed: failed_at !== null }
    })
}
