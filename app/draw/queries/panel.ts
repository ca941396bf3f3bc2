import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { SeatRole } from '#draw/models/draw'

/** A place on a confirmed panel. */
export interface PanelSeat {
  readonly seatId: string
  /** A is the leader as first confirmed; letters are never reassigned. */
  readonly letter: string
  readonly role: SeatRole
  readonly expertId: string
  readonly userId: string
  readonly name: string
  readonly employer: string
  readonly title: string
  readonly position: string
  /** Code of the specialty by which the expert sits here. */
  readonly specialty: string
  readonly isMainSpecialty: boolean
  readonly certificateNo: string
  readonly rosterNo: string
}

type Client = TransactionClientContract | typeof db

/** The panel as it stands: leader, members, alternates by letter. Null before it is confirmed. */
export async function panelOf(
  reviewId: string,
  trx?: TransactionClientContract
): Promise<PanelSeat[] | null> {
  const client: Client = trx ?? db
  const result = await client.rawQuery(
    `SELECT s.id, s.letter, s.role, s.expert_id, s.user_id, u.name, e.title, e.position, s.matched, s.is_main,
       e.certificate_no, e.roster_no, coalesce((
         SELECT o.name FROM expert_employments m JOIN organisations o ON o.id = m.organisation_id
         WHERE m.expert_id = e.id ORDER BY (m.until_day IS NULL) DESC, m.from_day DESC, o.id LIMIT 1
       ), '') AS employer
     FROM draws d JOIN draw_seats s ON s.draw_id = d.id JOIN users u ON u.id = s.user_id JOIN experts e ON e.id = s.expert_id
     WHERE d.review_id = ? AND s.state IN ('PANEL', 'ALTERNATE') ORDER BY s.letter`,
    [reviewId]
  )
  if (result.rows.length === 0) return null
  return result.rows.map((row: any) => ({
    seatId: row.id,
    letter: row.letter,
    role: row.role,
    expertId: row.expert_id,
    userId: row.user_id,
    name: row.name,
    employer: row.employer,
    title: row.title,
    position: row.position,
    specialty: row.matched,
    isMainSpecialty: row.is_main,
    certificateNo: row.certificate_no,
    rosterNo: row.roster_no,
  }))
}

/** Whether somebody holds a place (leader, member or alternate) on the panel of a review now. */
export async function isPanelUser(
  reviewId: string,
  userId: string,
  trx?: TransactionClientContract
): Promise<boolean> {
  const row = await (trx ?? db)
    .from('draw_seats')
    .join('draws', 'draws.id', 'draw_seats.draw_id')
    .where({ 'draws.review_id': reviewId, 'draw_seats.user_id': userId })
    .whereIn('draw_seats.state', ['PANEL', 'ALTERNATE'])
    .select('draw_seats.id')
    .first()
  return row !== null
}
