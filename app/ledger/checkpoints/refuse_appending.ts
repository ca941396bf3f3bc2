import db from '@adonisjs/lucid/services/db'
import type { LedgerProblem } from '#ledger/domain/ledger_problem'

/** A restored database that went on would tell another story than the one that was signed. */
export function forbidsAppending({ code }: LedgerProblem): boolean {
  return code === 'ledger_rolled_back' || code === 'witness_ahead'
}

/** Nothing is appended from now on, until `ledger:resume`. */
export async function refuseAppending(problem: LedgerProblem): Promise<void> {
  await db.rawQuery('UPDATE ledger_head SET behind = ?::jsonb WHERE id = 1 AND behind IS NULL', [
    JSON.stringify(problem),
  ])
}
