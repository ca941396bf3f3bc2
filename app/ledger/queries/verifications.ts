import db from '@adonisjs/lucid/services/db'
import { businessNow } from '#core/clock/business_clock'
import { verificationDueAt } from '#ledger/domain/verification_is_due'

const SHOWN = 30

/** The latest comparisons of log and tables, newest first. */
export async function verifications() {
  const rows = await db
    .from('ledger_verifications as v')
    .join('users as u', 'u.id', 'v.by_user_id')
    .orderBy('v.at', 'desc')
    .orderBy('v.id', 'desc')
    .limit(SHOWN)
    .select('v.*', 'u.name')
  return rows.map((row) => ({
    id: row.id as string,
    at: row.at.toISOString() as string,
    by: row.name as string,
    size: Number(row.size),
    root: row.root as string,
    findings: row.findings as { code: string; index?: number; table?: string; id?: string }[],
  }))
}

/** When the next one is due; a moment that has passed is now. */
export async function nextVerification(): Promise<{ dueAt: Date; done: boolean }> {
  const last = await db.from('ledger_verifications').orderBy('at', 'desc').orderBy('id', 'desc').first()
  const now = businessNow()
  const dueAt = verificationDueAt(last && { at: last.at, agreed: last.findings.length === 0 }, now)
  return { dueAt, done: dueAt > now }
}
