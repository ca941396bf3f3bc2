import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { DepartureRow, DrawRow, PoolEntry, SeatRow } from '#draw/models/draw'

type Client = TransactionClientContract | typeof db

/** Locks the draw: everything about its places happens one after the other. @throws when there is none. */
export async function lockDraw(trx: TransactionClientContract, id: string): Promise<DrawRow> {
  return trx.from('draws').where('id', id).forUpdate().firstOrFail()
}

export async function drawById(id: string, client: Client = db): Promise<DrawRow | null> {
  return client.from('draws').where('id', id).first()
}

export async function drawOfReview(reviewId: string, client: Client = db): Promise<DrawRow | null> {
  return client.from('draws').where('review_id', reviewId).first()
}

export async function drawByNumber(number: string): Promise<DrawRow | null> {
  return db.from('draws').where('number', number).first()
}

/** Places by seat number. */
export async function seatsOf(drawId: string, client: Client = db): Promise<SeatRow[]> {
  return client.from('draw_seats').where('draw_id', drawId).orderBy('seat')
}

/** In the order in which places were given up. */
export async function departuresOf(drawId: string, client: Client = db): Promise<DepartureRow[]> {
  return client.from('draw_departures').where('draw_id', drawId).orderBy('position')
}

/** The frozen pool, in the order of its root. */
export async function poolOf(drawId: string, client: Client = db): Promise<PoolEntry[]> {
  const row = await client.from('draw_pools').where('id', drawId).firstOrFail()
  return row.pool
}

/** Tells open pages that there is something new; inside the transaction of what is new. */
export async function touch(trx: TransactionClientContract, drawId: string): Promise<void> {
  await trx.from('draws').where('id', drawId).increment('revision', 1)
}
