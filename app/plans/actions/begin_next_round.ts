import type { Actor } from '#core/actor'
import { openNextRound } from '#reviews/public'
import { inPlan } from '#plans/actions/in_open_plan'

/** Rule REP-4. Whoever writes the plan takes it up again after 不通过: a new version, approved again, a new draw. */
export async function beginNextRound(actor: Actor, planId: string) {
  return inPlan(actor, planId, ({ unit, review }) => openNextRound(unit, review))
}
