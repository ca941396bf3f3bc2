import type { Actor } from '#core/actor'
import { fail, ok } from '#lib/result'
import { changeExpert } from '#registry/actions/change_expert'
import { nextExpertState } from '#registry/domain/expert_life_cycle'

/** What offices do to an expert who was admitted. */
export const STATUS_EVENTS = ['suspend', 'reinstate', 'remove'] as const
export type StatusEvent = (typeof STATUS_EVENTS)[number]

/** Rule REG-1. Suspends, reinstates or removes; each with its reason, its actor and its document. */
export function changeStatus(
  actor: Actor,
  form: { expertId: string; event: StatusEvent; reason: string; document: string; revision: number }
) {
  return changeExpert(actor, { ...form, what: 'status' }, async ({ unit, expert }) => {
    const moved = nextExpertState(expert.status, form.event, {
      actor: actor.kind === 'authority' ? 'authority' : 'centre',
      reason: form.reason,
      document_id: form.document,
      publicity_over: true,
    })
    if (!moved.ok) {
      const code = moved.error.code === 'actor_may_not' ? 'E_NOT_YOUR_OFFICE' : 'E_EXPERT_STATE'
      return fail({ code, state: expert.status, event: form.event })
    }
    await unit.update('experts', expert.id, { status: moved.value })
    return ok({ before: { status: expert.status }, after: { status: moved.value } })
  })
}
