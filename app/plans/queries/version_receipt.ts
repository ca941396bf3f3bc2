import db from '@adonisjs/lucid/services/db'
import { sequenced } from '#ledger/public'

const SQL = `
  SELECT e.index, e.leaf_hash FROM plan_versions v
  JOIN reviews r ON r.plan_id = v.plan_id
  JOIN ledger_entries e ON e.stream = 'review/' || r.id AND e.type = 'plan.version_fixed'
  JOIN ledger_payloads p ON p.index = e.index
  WHERE v.id = ? AND p.payload::jsonb ->> 'version' = ?
  LIMIT 1`

/** Where a version's fixing stands in the log: the number on the proof strip. */
export async function versionReceipt(versionId: string): Promise<{ index: number; leafHash: string } | null> {
  await sequenced()
  const { rows } = await db.rawQuery(SQL, [versionId, versionId])
  return rows[0] ? { index: Number(rows[0].index), leafHash: rows[0].leaf_hash } : null
}
