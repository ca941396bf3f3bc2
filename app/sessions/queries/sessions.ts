import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Seat } from '#lib/room/words'
import type { SeatRow, SessionRow } from '#sessions/models/rows'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const isUuid = (id: unknown): id is string => typeof id === 'string' && UUID.test(id)

export async function sessionOf(
  reviewId: string,
  trx?: TransactionClientContract
): Promise<SessionRow | null> {
  if (!isUuid(reviewId)) return null
  return (trx ?? db).from('review_sessions').where('review_id', reviewId).first()
}

/** Every operation of a review takes this lock first: it is what orders them. */
export async function lockSession(
  trx: TransactionClientContract,
  reviewId: string
): Promise<SessionRow | null> {
  if (!isUuid(reviewId)) return null
  return trx.from('review_sessions').where('review_id', reviewId).forUpdate().first()
}

/** The panel and its alternates by letter, without those who have left. */
export async function seatsOf(reviewId: string, trx?: TransactionClientContract): Promise<SeatRow[]> {
  return (trx ?? db).from('session_seats').where('review_id', reviewId).whereNull('left_at').orderBy('letter')
}

export function toSeat(row: SeatRow): Seat & { complete: boolean } {
  return {
    seatId: row.id,
    letter: row.letter,
    userId: row.user_id,
    name: row.name,
    role: row.role,
    sits: row.sits,
    complete: row.complete_at !== null,
  }
}
