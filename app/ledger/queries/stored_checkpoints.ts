import type db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { CheckpointRow } from '#ledger/checkpoints/kept_notes'

/** Every checkpoint that was let out, as it stands in the database, to the microsecond. */
export async function storedCheckpoints(
  client: typeof db | TransactionClientContract
): Promise<CheckpointRow[]> {
  const { rows } = await client.rawQuery(
    `SELECT size, cosigned, root, note, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at
     FROM ledger_checkpoints ORDER BY size, cosigned`
  )
  return rows.map((row: any) => ({ ...row, size: Number(row.size) }))
}
