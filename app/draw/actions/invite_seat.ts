import { randomBytes } from 'node:crypto'
import env from '#start/env'
import { newId } from '#core/ids'
import { regulation } from '#core/jurisdiction'
import { sha256, toHex, utf8 } from '#lib/bytes'
import type { UnitOfWork } from '#ledger/public'
import { notify, sendSms, setDeadline } from '#messages/public'
import { invitationAnswerDeadline, reviewStream } from '#reviews/public'
import { nextPlace } from '#draw/domain/place_transitions'
import type { DrawRow, SeatRow } from '#draw/models/draw'
import { planFacts } from '#draw/plan_facts'

const HOUR = 3_600_000

/** Only the digest of a link's token is kept; the token itself is in the message alone. */
export function linkDigest(token: string): string {
  return toHex(sha256(utf8(`lunzheng/invitation-link\n${token}`)))
}

/**
 * Rules DRAW-7, DRAW-13. Invites the holder of a place to the proposed meeting: in the app, and by SMS with
 * a link that asks for no password, serves once and ends with the deadline. The draw is locked by the caller.
 */
export async function inviteSeat(unit: UnitOfWork, draw: DrawRow, seatId: string): Promise<void> {
  const seat: SeatRow = await unit.trx.from('draw_seats').where('id', seatId).forUpdate().firstOrFail()
  const move = nextPlace(seat.state, 'invite', 'program')
  if (!move.ok) throw new Error(`Place ${seatId} in ${seat.state} can't be invited`)
  if (!draw.meeting_at) throw new Error(`Draw ${draw.number} has no proposed meeting yet`)
  const due = invitationAnswerDeadline(unit.at, await regulation())
  await unit.update('draw_seats', seatId, {
    state: move.value.to,
    invited_at: unit.at,
    answer_due_at: due,
    answered_at: null,
    answered_by: null,
  })
  const token = randomBytes(16).toString('base64url')
  await unit.trx
    .table('draw_invitation_links')
    .insert({ id: newId(), seat_id: seatId, token_hash: linkDigest(token), expires_at: due })
  const plan = await planFacts(draw.plan_id, unit.trx)
  unit.entry({
    stream: reviewStream(draw.review_id),
    type: 'place.invite',
    payload: {
      draw: draw.id,
      drawId: draw.draw_id,
      seat: seat.seat,
      expert: seat.roster_no,
      meetingAt: draw.meeting_at,
      mode: draw.meeting_mode,
      answerDueAt: due,
    },
  })
  const href = `/invitations/${seatId}`
  await notify(unit, {
    userIds: [seat.user_id],
    kind: 'invitation.received',
    params: { plan: plan.name, meetingAt: draw.meeting_at.toISOString(), dueAt: due.toISOString() },
    href,
    objectId: seatId,
  })
  await sendSms(unit, {
    userId: seat.user_id,
    kind: 'invitation',
    params: {
      plan: plan.name,
      time: smsTime(draw.meeting_at),
      due: smsTime(due),
      url: `${env.get('PUBLIC_URL')}/invitations/answer#${token}`,
    },
  })
  await setDeadline(unit, {
    objectId: seatId,
    kind: 'invitation_answer',
    userId: seat.user_id,
    params: { plan: plan.name },
    href,
    dueAt: due,
    remindAt: new Date(due.getTime() - HOUR),
  })
}

/** 3月24日9:00, in the civil time of the jurisdiction. */
function smsTime(at: Date): string {
  const local = new Date(at.getTime() + 8 * HOUR)
  return `${local.getUTCMonth() + 1}月${local.getUTCDate()}日${local.getUTCHours()}:${String(local.getUTCMinutes()).padStart(2, '0')}`
}
