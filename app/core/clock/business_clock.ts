import db from '@adonisjs/lucid/services/db'
import { fail, ok, type Result } from '#lib/result'

/**
 * Two clocks. The business clock moves in tests, demo and story: rules, deadlines, certificates,
 * timestamps, the ledger's event time. The machine clock (Date.now) never moves: web sessions, tokens,
 * leases, rate limits, TOTP.
 */
let offsetMs = 0

/** The time that rules and deadlines go by. */
export function businessNow(): Date {
  return new Date(Date.now() + offsetMs)
}

/** Reads the shared offset; several processes agree because the database holds it. */
export async function loadBusinessClock(): Promise<void> {
  const row = await db.from('business_clock').where('id', 1).first()
  offsetMs = Number(row.offset_ms)
}

/**
 * Moves the business clock to `at`, for demo, tests and the story only (the route exists only there).
 * Never past the machine's clock: outside validators would see signatures from the future.
 */
export async function setBusinessClock(at: Date): Promise<Result<Date, { code: 'E_CLOCK_FUTURE' }>> {
  const distance = at.getTime() - Date.now()
  if (distance > 0) return fail({ code: 'E_CLOCK_FUTURE' })
  await db.from('business_clock').where('id', 1).update({ offset_ms: distance })
  offsetMs = distance
  return ok(businessNow())
}
