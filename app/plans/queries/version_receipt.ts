import db from '@adonisjs/lucid/services/db'

/** Where a version's fixing stands in the log: the number on the proof strip. */
export async function versionReceipt(versionId: string): Promise<{ index: number; leafHash: string } | null> {
  const row = await db
    .from('plan_versions')
    .join('reviews', 'reviews.plan_id', 'plan_versions.plan_id')
    .join('ledger_entries', (on) => on.on('ledger_entries.stream', '=', db.raw("'review/' || reviews.id") as any))
    .join('ledger_payloads', 'ledger_payloads.index', 'ledger_entries.index')
    .where('plan_versions.id', versionId)
    .where('ledger_entries.type', 'plan.version_fixed')
    .whereRaw("ledger_payloads.payload::jsonb ->> 'version' = ?", [versionId])
    .select('ledger_entries.index', 'ledger_entries.leaf_hash')
    .first()
  return row ? { index: Number(row.index), leafHash: row.leaf_hash } : null
}
