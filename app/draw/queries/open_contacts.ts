import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#core/actor'
import { unseal } from '#core/secrets'

export interface OpenContact {
  readonly mobile: string
  readonly purpose: string
  readonly until: string
}

/** States in which there is something to talk about with the expert; who has left is left in peace. */
export const TO_TALK_TO: readonly string[] = ['DRAWN', 'INVITED', 'ACCEPTED', 'PANEL', 'ALTERNATE']

/**
 * Rules DRAW-2, SEC-1. The numbers of those drawn that this person has opened for themselves and that are not yet masked
 * again, by the experts' user id.
 */
export async function openContacts(
  actor: Actor,
  drawId: string,
  at: Date,
  trx?: TransactionClientContract
): Promise<Map<string, OpenContact>> {
  const rows = await (trx ?? db)
    .from('personal_data_reveals as r')
    .join('users as u', 'u.id', 'r.subject_user_id')
    .where({ 'r.by_user_id': actor.userId, 'r.object_kind': 'draw', 'r.object_id': drawId })
    .where('r.expires_at', '>', at)
    .orderBy('r.expires_at')
    .select('r.subject_user_id', 'r.purpose', 'r.expires_at', 'u.mobile_encrypted')
  return new Map(
    rows.map((row) => [
      row.subject_user_id,
      { mobile: unseal(row.mobile_encrypted), purpose: row.purpose, until: row.expires_at.toISOString() },
    ])
  )
}
