import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

export interface DrawKey {
  readonly vrfKey: string
  /** Server: commitment to the salt key. Witness: its signing key. */
  readonly companion: string
}

export async function drawKey(
  party: 'server' | 'witness',
  trx?: TransactionClientContract
): Promise<DrawKey | null> {
  const row = await (trx ?? db).from('draw_keys').where('party', party).first()
  return row ? { vrfKey: row.vrf_key, companion: row.companion } : null
}
