import { isIntegerBetween } from './read.ts'
import { hashJson, LABEL } from './labels.ts'
import { toHex } from '../bytes.ts'
import { foldIdentifier } from '../text.ts'

/** What makes a plan one and the same for life, however it is named or re-submitted. */
export type PlanIdentity = {
  /** Construction permit code. */
  readonly permit: string
  /** Categories of its works. */
  readonly categories: readonly string[]
  /** Part of the works the plan is for. */
  readonly part: string
  /** 1 for the first draw; rises only after a 不通过 on record. At most 65,535. */
  readonly round: number
}

/** The identity as it is hashed: folded, categories sorted by code unit and each named once. */
export function normalPlanIdentity(plan: PlanIdentity): PlanIdentity {
  return {
    permit: foldIdentifier(plan.permit),
    categories: [...new Set(plan.categories.map(foldIdentifier))].sort(),
    part: foldIdentifier(plan.part),
    round: plan.round,
  }
}

/** Hex of the hash under which a plan has one draw for life. Throws RangeError for a round outside 1 … 65,535. */
export function planKey(plan: PlanIdentity): string {
  if (!isIntegerBetween(plan.round, 1, 65535)) throw new RangeError('round')
  return toHex(hashJson(LABEL.planKey, normalPlanIdentity(plan)))
}
