import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { regulation } from '#core/jurisdiction'
import { earliestMeeting } from '#reviews/public'
import type { RevealedOpinion } from '#lib/room/events'
import { channelState, type ChannelState } from '#sessions/log/channel_log'
import type { OpinionRow, SessionRow } from '#sessions/models/rows'
import type { Me, Scene } from '#sessions/decisions/scene'
import { planOfSession } from '#sessions/queries/plan_of_session'
import { seatsOf, toSeat } from '#sessions/queries/sessions'

export interface Stage {
  readonly scene: Scene
  readonly states: { room: ChannelState<'room'>; panel: ChannelState<'panel'>; own: ChannelState<'own'> }
}

/** Operations that may lift the seal, and so have to see what is sealed. */
const MAY_REVEAL = ['meeting.open', 'opinion.submit', 'alternate.step_in', 'seat.lost']

/** Reads all that a decision looks at, under the session's lock. */
export async function sceneOf(
  trx: TransactionClientContract,
  session: SessionRow,
  me: Me,
  type: string,
  now: Date
): Promise<Stage> {
  const reviewId = session.review_id
  const [room, panel, own, seatRows, plan, rules, sealed] = [
    await channelState(reviewId, 'room', null, trx),
    await channelState(reviewId, 'panel', null, trx),
    await channelState(reviewId, 'own', me.seatId, trx),
    await seatsOf(reviewId, trx),
    await planOfSession(session.plan_id, trx),
    await regulation(),
    MAY_REVEAL.includes(type) ? await sealedOpinions(reviewId, trx) : [],
  ]
  const seats = seatRows.map(toSeat)
  const scene: Scene = {
    room: { ...room.state, phase: session.phase, stage: session.stage },
    panel: panel.state,
    own: own.state,
    me,
    seats,
    revealed: session.revealed_at !== null,
    sealed,
    versions: plan.versions.map(({ versionId, number, pages }) => ({ versionId, number, pages })),
    versionId: session.version_id,
    required: rules.attendees
      .filter((wanted) => plan.appointed.includes(wanted.party))
      .map((wanted) => wanted.code),
    earliest: earliestMeeting(session.delivered_at, rules),
    scheduledAt: session.scheduled_at,
    now,
    regulation: rules,
    leaderUserId: seats.find((seat) => seat.sits && seat.role === 'leader')?.userId ?? null,
  }
  return { scene, states: { room, panel, own } }
}

/** Handed in and not yet shown, by letter and number; of those who have not left. */
async function sealedOpinions(reviewId: string, trx: TransactionClientContract): Promise<RevealedOpinion[]> {
  const rows: OpinionRow[] = await trx
    .from('session_opinions')
    .join('session_seats', 'session_seats.id', 'session_opinions.seat_id')
    .where('session_opinions.review_id', reviewId)
    .where('session_opinions.state', 'SUBMITTED')
    .whereNull('session_seats.left_at')
    .orderBy('session_seats.letter')
    .orderBy('session_opinions.number')
    .select('session_opinions.*')
  return rows.map((row) => ({
    opinionId: row.id,
    seatId: row.seat_id,
    label: row.label,
    fields: {
      page: row.page,
      region: row.region,
      place: row.place,
      finding: row.finding,
      basis: row.basis,
      requirement: row.requirement,
      kind: row.kind,
      defect: row.defect,
      chapter: row.chapter,
    },
    submittedAt: row.submitted_at.toISOString(),
  }))
}
