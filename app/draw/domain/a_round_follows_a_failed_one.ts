import type { PlanIdentity } from '#lib/draw/plan_key'
import { keyOfRoundBefore } from '#lib/draw/round_before'
import { looksOf } from '#lib/draw/looks_alike'
import { fail, ok, type Result } from '#lib/result'

/** A draw as far as this rule asks. */
export interface EarlierDraw {
  readonly number: string
  readonly planKey: string
  readonly plan: PlanIdentity
  readonly failed: boolean
}

export type RoundError =
  | { code: 'E_DRAW_PLAN_LOOKS_DRAWN'; number: string; part: string }
  | { code: 'E_DRAW_ROUND_BEFORE_UNKNOWN'; round: number }
  | { code: 'E_DRAW_ROUND_NOT_FAILED'; number: string; round: number }

/**
 * Rule DRAW-6. Whether a plan may be drawn for in its round, given all draws so far. A round above the first follows
 * only on one of the same line that ended in 不通过; and nothing is drawn that reads like a plan drawn before under
 * another spelling. The witness holds to the same, whatever is asked of it.
 */
export function roundMayBeDrawn(
  plan: PlanIdentity,
  draws: readonly EarlierDraw[]
): Result<EarlierDraw | null, RoundError> {
  const looks = looksOf(plan)
  const { permit, categories, part } = plan
  const alike = draws.find((draw) => looksOf(draw.plan) === looks && !sameLine(draw.plan))
  if (alike) return fail({ code: 'E_DRAW_PLAN_LOOKS_DRAWN', number: alike.number, part: alike.plan.part })
  const key = keyOfRoundBefore(plan)
  if (key === null) return ok(null)
  const round = plan.round - 1
  const before = draws.find((draw) => draw.planKey === key)
  if (!before) return fail({ code: 'E_DRAW_ROUND_BEFORE_UNKNOWN', round })
  return before.failed ? ok(before) : fail({ code: 'E_DRAW_ROUND_NOT_FAILED', number: before.number, round })

  function sameLine(other: PlanIdentity): boolean {
    return other.permit === permit && other.part === part && other.categories.join() === categories.join()
  }
}
