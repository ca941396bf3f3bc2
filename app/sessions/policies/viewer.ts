import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#core/actor'
import type { Channel, RoomRole } from '#lib/room/words'
import type { SeatRow, SessionRow } from '#sessions/models/rows'
import { step } from '#sessions/policies/step'
import { viewsOf } from '#sessions/domain/parties_leave_for_deliberation'

/** Somebody with a place in the review, as the database says at this moment. */
export interface Viewer {
  readonly userId: string
  readonly name: string
  readonly role: RoomRole
  readonly seat: SeatRow | null
  readonly organisation: string | null
  readonly channels: readonly Channel[]
  readonly complete: boolean
  readonly consented: boolean
  /** The panel deliberates in private (MEET-7). */
  readonly closedFloor: boolean
}

/**
 * SEC-2, MEET-7, PLAN-6: who this person is in the review and what they receive, decided here for every
 * route: page, socket, snapshot, resume and delivery. Null: no place, and nothing to be told, not even that
 * there is such a review.
 */
export async function viewerOf(
  actor: Actor,
  session: SessionRow,
  trx?: TransactionClientContract
): Promise<Viewer | null> {
  const place = await placeOf(actor, session, trx)
  if (!place) return null
  const { role, seat, organisation } = place
  const complete = seat?.complete_at != null
  const channels = channelsOf(role, session, complete)
  const consented = await hasConsented(actor.userId, session.review_id, trx)
  return {
    userId: actor.userId,
    name: actor.name,
    role,
    seat,
    organisation,
    channels,
    complete,
    consented,
    closedFloor: session.stage === 'deliberation',
  }
}

interface Place {
  role: RoomRole
  seat: SeatRow | null
  organisation: string | null
}

async function placeOf(
  actor: Actor,
  session: SessionRow,
  trx?: TransactionClientContract
): Promise<Place | null> {
  const client = trx ?? db
  if (actor.kind === 'expert') {
    const seat: SeatRow | null = await client
      .from('session_seats')
      .where({ review_id: session.review_id, user_id: actor.userId })
      .whereNull('left_at')
      .first()
    return seat && { role: seat.role, seat, organisation: seat.employer }
  }
  if (actor.kind === 'centre' || actor.kind === 'authority') {
    return { role: 'supervisor', seat: null, organisation: await organisationName(actor, trx) }
  }
  if (!actor.organisationId) return null
  const result = await client.rawQuery(
    `SELECT p.organisation_id = :organisation OR p.agency_organisation_id = :organisation AS hosts,
       EXISTS (SELECT 1 FROM plan_parties l WHERE l.plan_id = p.id AND l.organisation_id = :organisation
         AND l.lead_user_id = :user) AS leads,
       EXISTS (SELECT 1 FROM session_guests g WHERE g.review_id = :review AND g.user_id = :user
         AND g.organisation_id = :organisation) AS guest
     FROM plans p WHERE p.id = :plan`,
    {
      organisation: actor.organisationId,
      user: actor.userId,
      review: session.review_id,
      plan: session.plan_id,
    }
  )
  const tie = result.rows[0]
  if (!tie) return null
  const organisation = await organisationName(actor, trx)
  if (tie.hosts && (actor.kind === 'organiser' || actor.kind === 'agency')) {
    return { role: session.scribes.includes(actor.userId) ? 'scribe' : 'host', seat: null, organisation }
  }
  if (tie.leads || tie.guest || (tie.hosts && actor.kind === 'technical_head')) {
    return { role: 'party', seat: null, organisation }
  }
  return null
}

/** Which channels somebody of this role receives now. Exported for its test. */
export function channelsOf(
  role: RoomRole,
  session: Pick<SessionRow, 'stage' | 'phase' | 'revealed_at'>,
  complete: boolean
): Channel[] {
  const views = viewsOf(role, step(session.stage), true)
  const channels: Channel[] = views.includes('presence') ? ['room'] : []
  const seated = role === 'leader' || role === 'expert' || role === 'alternate'
  const mayKnow = session.revealed_at !== null && (!seated || complete)
  if (mayKnow && views.includes('opinions')) channels.push('panel')
  if (seated) channels.push('own')
  return channels
}

async function organisationName(actor: Actor, trx?: TransactionClientContract): Promise<string | null> {
  if (!actor.organisationId) return null
  const row = await (trx ?? db).from('organisations').where('id', actor.organisationId).select('name').first()
  return row?.name ?? null
}

/** The last word counts: an agreement may be taken back. */
async function hasConsented(
  userId: string,
  reviewId: string,
  trx?: TransactionClientContract
): Promise<boolean> {
  const row = await (trx ?? db)
    .from('session_consents')
    .where({ review_id: reviewId, user_id: userId })
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .first()
  return row?.agreed ?? false
}
