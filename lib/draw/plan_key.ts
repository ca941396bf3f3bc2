import { exactFields, isIntegerBetween, isText } from './read.ts'
import { hashJson, LABEL } from './labels.ts'
import { toHex } from '../bytes.ts'
import { canonicalJson } from '../canonical_json.ts'
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

/** Whether a value is of the shape of a plan's identity; folded it need not be. */
export function isPlanIdentity(value: unknown): value is PlanIdentity {
  const plan = exactFields(value, ['categories', 'part', 'permit', 'round'])
  return (
    plan !== undefined &&
    typeof plan.permit === 'string' &&
    typeof plan.part === 'string' &&
    Array.isArray(plan.categories) &&
    plan.categories.every((category) => isText(category)) &&
    isIntegerBetween(plan.round, 1, 65535)
  )
}

/** Whether an identity stands as it is hashed. */
export function isNormalPlanIdentity(plan: PlanIdentity): boolean {
  return canonicalJson(normalPlanIdentity(plan)) === canonicalJson(plan)
}
