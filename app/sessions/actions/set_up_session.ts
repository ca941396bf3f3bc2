import { newId } from '#core/ids'
import { regulation } from '#core/jurisdiction'
import { Refusal } from '#core/exceptions/refusal'
import type { ConfirmedPanel, PanelSeat } from '#draw/public'
import type { UnitOfWork } from '#ledger/public'
import { setDeadline } from '#messages/public'
import { submittedVersion } from '#plans/public'
import { advance, earliestMeeting, lockReview, reviewStream } from '#reviews/public'
import type { SessionRow } from '#sessions/models/rows'
import { inviteToMeeting } from '#sessions/actions/invite_to_meeting'

/**
 * Rule PLAN-6, DRAW-11. With the panel confirmed the plan is delivered to every member and alternate, and
 * the meeting gets its row. A second confirmation, after somebody has left, delivers to the newcomers.
 * @throws Refusal E_TOO_EARLY with the earliest time, which undoes the confirmation
 */
export async function setUpSession(
  unit: UnitOfWork,
  confirmed: ConfirmedPanel,
  place: string
): Promise<void> {
  const { reviewId, panel, meetingAt, mode } = confirmed
  const review = await lockReview(unit.trx, reviewId)
  const version = await submittedVersion(review.planId, unit.trx)
  if (!version) throw new Error(`Review ${reviewId} has a panel and no approved version`)
  const earliest = earliestMeeting(unit.at, await regulation())
  if (meetingAt < earliest) throw new Refusal(422, 'E_TOO_EARLY', { earliest: earliest.toISOString() })
  const session: SessionRow | null = await unit.trx
    .from('review_sessions')
    .where('review_id', reviewId)
    .forUpdate()
    .first()
  const newcomers = await seatPanel(unit, reviewId, panel)
  for (const seat of newcomers) {
    await unit.insert('plan_deliveries', {
      id: newId(),
      review_id: reviewId,
      seat_id: seat.seatId,
      version_id: version.id,
      sha256: version.sha256,
      delivered_at: unit.at,
      opened_at: null,
    })
  }
  if (session) {
    await unit.update('review_sessions', session.id, {
      scheduled_at: meetingAt,
      mode,
      place,
      delivered_at: unit.at,
    })
  } else {
    await unit.insert('review_sessions', {
      id: newId(),
      review_id: reviewId,
      plan_id: review.planId,
      version_id: version.id,
      mode,
      place,
      phase: 'pre_review',
      stage: 'sign_in',
      delivered_at: unit.at,
      scheduled_at: meetingAt,
      scheduled_by: unit.actor.userId,
      started_at: null,
      ended_at: null,
      revealed_at: null,
      scribes: [],
      judgements: { complete: '', calculations: '', site: '' },
      conclusion: null,
      reasons: null,
      dissent: null,
      recording: 'off',
    })
  }
  unit.entry({
    stream: reviewStream(reviewId),
    type: 'session.set_up',
    payload: { version: version.id, meetingAt: meetingAt.toISOString() },
  })
  const moved = await advance(unit, {
    reviewId,
    event: 'deliver_plan',
    as: 'program',
    payload: { seats: newcomers.length },
  })
  if (!moved.ok) throw new Refusal(409, 'E_REVIEW_STATE', { state: moved.error.state })
  await inviteToMeeting(unit, { reviewId, planId: review.planId, at: meetingAt, mode, place })
  await remindToHandIn(unit, reviewId, newcomers, meetingAt)
}

/** Places as the draw has them now; hands back those that are new here. */
async function seatPanel(
  unit: UnitOfWork,
  reviewId: string,
  panel: readonly PanelSeat[]
): Promise<PanelSeat[]> {
  const rows = await unit.trx.from('session_seats').where('review_id', reviewId)
  const newcomers: PanelSeat[] = []
  for (const seat of panel) {
    const role = seat.role === 'member' ? 'expert' : seat.role
    const sits = seat.role !== 'alternate'
    const known = rows.find((row) => row.id === seat.seatId)
    if (known) {
      if (known.role !== role || known.sits !== sits)
        await unit.update('session_seats', seat.seatId, { role, sits })
      continue
    }
    newcomers.push(seat)
    await unit.insert('session_seats', {
      id: seat.seatId,
      review_id: reviewId,
      letter: seat.letter,
      role,
      sits,
      expert_id: seat.expertId,
      user_id: seat.userId,
      name: seat.name,
      employer: seat.employer,
      title: seat.title,
      position: seat.position,
      specialty: seat.specialty,
      certificate_no: seat.certificateNo,
      roster_no: seat.rosterNo,
      complete_at: null,
      nothing_because: null,
      left_at: null,
      left_because: null,
    })
  }
  return newcomers
}

const A_DAY_MS = 86_400_000

async function remindToHandIn(
  unit: UnitOfWork,
  reviewId: string,
  seats: readonly PanelSeat[],
  meetingAt: Date
): Promise<void> {
  for (const seat of seats) {
    await setDeadline(unit, {
      objectId: reviewId,
      kind: 'opinions.hand_in',
      userId: seat.userId,
      href: `/reviews/${reviewId}/opinions`,
      dueAt: meetingAt,
      remindAt: new Date(meetingAt.getTime() - A_DAY_MS),
    })
  }
}
