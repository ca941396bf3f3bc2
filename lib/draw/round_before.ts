import type { Json } from '../canonical_json.ts'
import { drawInput } from './entropy.ts'
import { planKey, type PlanIdentity } from './plan_key.ts'
import { isHash } from './read.ts'

/** Type of the ledger entry that a round of a plan ended in 不通过: without it there is no further round. */
export const ROUND_FAILED_TYPE = 'draw.round_failed'

/** What that entry says of the draw of the round that failed: enough to compute its drawId from its plan key. */
export type FailedRound = {
  readonly drawId: string
  readonly planKey: string
  readonly round: number
  readonly rulesHash: string
  readonly poolRoot: string
}

/** A plan's line: what its rounds have in common, named by the plan key of the first. Hex. */
export function lineOf(plan: PlanIdentity): string {
  return planKey({ ...plan, round: 1 })
}

/** The plan key of the round before, of the same line; null of a first round. */
export function keyOfRoundBefore(plan: PlanIdentity): string | null {
  return plan.round > 1 ? planKey({ ...plan, round: plan.round - 1 }) : null
}

/** Rule DRAW-6. Whether an entry's payload tells of a draw of the round before this plan's, of the same line. */
export function tellsOfRoundBefore(payload: { readonly [field: string]: Json }, plan: PlanIdentity): boolean {
  const { drawId, planKey: key, round, rulesHash, poolRoot } = payload
  if (key !== keyOfRoundBefore(plan) || round !== plan.round - 1) return false
  if (!isHash(key) || !isHash(rulesHash) || !isHash(poolRoot)) return false
  return drawId === drawInput({ planKey: key, round, rulesHash, poolRoot })
}
