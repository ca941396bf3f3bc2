import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { verifyLedger, type LedgerFinding } from '#ledger/public'
import type { Tampering } from '#bin/soak/tampering/tampering'

/** Done, verified and undone; null where it changed nothing. */
export async function tamper(tampering: Tampering): Promise<readonly LedgerFinding[] | null> {
  const trx = await db.transaction()
  try {
    // Triggers and foreign keys are the first thing that whoever owns the database turns off.
    await trx.rawQuery('SET LOCAL session_replication_role = replica')
    if ((await carriedOut(trx, tampering)) === 0) return null
    return (await verifyLedger(undefined, trx)).findings
  } finally {
    await trx.rollback()
  }
}

/** How many rows it met. What constraints there are go when they are in the way. */
async function carriedOut(trx: TransactionClientContract, tampering: Tampering): Promise<number> {
  await trx.rawQuery('SAVEPOINT tampering')
  try {
    return await run(trx, tampering)
  } catch (error) {
    // Class 23: integrity constraint violation.
    if (!String((error as { code?: unknown }).code).startsWith('23')) throw error
    await trx.rawQuery('ROLLBACK TO SAVEPOINT tampering')
    await dropConstraints(trx, tampering.table)
    return run(trx, tampering)
  }
}

async function run(trx: TransactionClientContract, { statements }: Tampering): Promise<number> {
  let met = 0
  for (const [sql, values] of statements) {
    const { rowCount } = await trx.rawQuery(sql, [...(values ?? [])] as any)
    // A change of the table itself counts no rows.
    met += rowCount ?? 1
  }
  return met
}

async function dropConstraints(trx: TransactionClientContract, table: string): Promise<void> {
  await trx.rawQuery(`DO $$
    DECLARE it record;
    BEGIN
      FOR it IN SELECT conname FROM pg_constraint
        WHERE conrelid = '"${table}"'::regclass AND contype IN ('c', 'u', 'p', 'x', 'f') LOOP
        EXECUTE format('ALTER TABLE "${table}" DROP CONSTRAINT %I CASCADE', it.conname);
      END LOOP;
      FOR it IN SELECT indexrelid::regclass AS name FROM pg_index
        WHERE indrelid = '"${table}"'::regclass AND indisunique LOOP
        EXECUTE format('DROP INDEX %s', it.name);
      END LOOP;
      FOR it IN SELECT attname FROM pg_attribute
        WHERE attrelid = '"${table}"'::regclass AND attnum > 0 AND NOT attisdropped AND attnotnull LOOP
        EXECUTE format('ALTER TABLE "${table}" ALTER COLUMN %I DROP NOT NULL', it.attname);
      END LOOP;
    END $$`)
}
