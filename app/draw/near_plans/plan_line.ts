import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { fail, ok, type Result } from '#lib/result'
import { planKey, type PlanIdentity } from '#lib/draw/plan_key'
import { planForDraw } from '#plans/public'
import { planIdentityOf } from '#draw/domain/plan_identity'

export type IdentityError =
  { code: 'E_DRAW_PLAN_IDENTITY'; why: string } | { code: 'E_DRAW_NEAR_PLAN_OPEN'; questions: number }

/**
 * Rule DRAW-6. What a plan is drawn under: its own permit, categories and part; or, once the centre has found
 * it to be an earlier plan, that plan's, so that it has that plan's one draw. Not before each question is
 * answered.
 */
export async function identityForDraw(
  trx: TransactionClientContract,
  planId: string,
  round: number
): Promise<Result<PlanIdentity, IdentityError>> {
  const near = await trx.from('near_plans').where('plan_id', planId).whereIn('state', ['open', 'same'])
  const same = near.find(({ state }) => state === 'same')
  if (same) return identityOf(trx, await firstOfLine(trx, same.earlier_plan_id), round)
  if (near.length > 0) return fail({ code: 'E_DRAW_NEAR_PLAN_OPEN', questions: near.length })
  return identityOf(trx, planId, round)
}

/** What all rounds, and all plans found to be the same, share. Null for a plan without permit or works. */
export async function lineOf(trx: TransactionClientContract, planId: string): Promise<string | null> {
  const identity = await identityOf(trx, await firstOfLine(trx, planId), 1)
  return identity.ok ? planKey(identity.value) : null
}

/** The plan that this one was found to be, and so on back; itself where it was found to be none. */
async function firstOfLine(trx: TransactionClientContract, planId: string): Promise<string> {
  const seen = new Set<string>()
  let first = planId
  while (!seen.has(first)) {
    seen.add(first)
    const same = await trx.from('near_plans').where({ plan_id: first, state: 'same' }).first()
    if (!same) return first
    first = same.earlier_plan_id
  }
  throw new Error(`Plans found to be one another: ${[...seen].join(', ')}`)
}

async function identityOf(
  trx: TransactionClientContract,
  planId: string,
  round: number
): Promise<Result<PlanIdentity, IdentityError>> {
  const { identity, works } = await planForDraw(trx, planId)
  const found = planIdentityOf({ permit: identity.permit, part: identity.part, works }, round)
  return found.ok ? ok(found.value) : fail({ code: 'E_DRAW_PLAN_IDENTITY', why: found.error.code })
}
