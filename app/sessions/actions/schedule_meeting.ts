import type { Actor } from '#core/actor'
import { regulation } from '#core/jurisdiction'
import { notFound } from '#core/exceptions/refusal'
import { ok, type Result } from '#lib/result'
import { recordResult } from '#ledger/public'
import { setMeeting } from '#draw/public'
import { earliestMeeting, reviewStream } from '#reviews/public'
import { performIn } from '#sessions/actions/perform_for_program'
import { inviteToMeeting } from '#sessions/actions/invite_to_meeting'
import { refuse, tell, type Refused } from '#sessions/decisions/scene'
import { viewerOf } from '#sessions/policies/viewer'
import { lockSession } from '#sessions/queries/sessions'

export interface Appointment {
  readonly at: Date
  readonly mode: 'remote' | 'on_site'
  readonly place: string
}

/** Rules PLAN-6, DRAW-13. The host fixes the time or moves it: never earlier than 48 h after the last delivery. */
export async function scheduleMeeting(
  actor: Actor,
  reviewId: string,
  { at, mode, place }: Appointment
): Promise<Result<{ scheduledAt: string }, Refused>> {
  return recordResult<{ scheduledAt: string }, Refused>(actor, async (unit) => {
    const session = await lockSession(unit.trx, reviewId)
    const viewer = session && (await viewerOf(actor, session, unit.trx))
    if (!session || (viewer?.role !== 'host' && viewer?.role !== 'scribe')) throw notFound()
    const earliest = earliestMeeting(session.delivered_at, await regulation())
    if (at < earliest || at < unit.at) {
      const soonest = earliest > unit.at ? earliest : unit.at
      return refuse('E_TOO_EARLY', { earliest: soonest.toISOString() })
    }
    const told = [
      tell('room', 'phase.changed', { phase: 'scheduled', stage: 'sign_in', because: 'host', reason: null }),
    ]
    const moved = await performIn(unit, reviewId, 'scheduled', () => ok(told))
    if (!moved.ok) return moved
    await unit.update('review_sessions', session.id, {
      scheduled_at: at,
      scheduled_by: actor.userId,
      mode,
      place,
    })
    await setMeeting(unit, reviewId, { at, mode, place })
    unit.entry({
      stream: reviewStream(reviewId),
      type: 'session.appointment',
      payload: { at: at.toISOString(), mode, place },
    })
    await inviteToMeeting(unit, { reviewId, planId: session.plan_id, at, mode, place })
    return ok({ scheduledAt: at.toISOString() })
  })
}
