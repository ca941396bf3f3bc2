import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { SYSTEM_ACTOR } from '#core/actor'
import { recordResult } from '#ledger/public'
import { settleAftermath } from '#reports/revision/actions/settle_aftermath'
import { filedParts, filingOf } from '#reports/filing/queries/filing_parts'
import { FILED_PARTS } from '#reports/domain/filing_is_complete'

const EVERY_MS = 2000

let timer: NodeJS.Timeout | null = null
let running: Promise<void> | null = null
let again = false
let stopped = true

/** Reviews for which something is to be done now; each case vanishes when it has been done. */
const OPEN = `
  SELECT r.id, r.state FROM reviews r
  LEFT JOIN filings f ON f.review_id = r.id
  LEFT JOIN reports p ON p.review_id = r.id
  LEFT JOIN revisions v ON v.review_id = r.id
  WHERE r.state IN ('CONCLUDED', 'SIGNING', 'REPORT_ISSUED', 'FILED', 'REVISING', 'IMPLEMENTABLE', 'CLOSED')
    AND (
      (f.id IS NULL AND r.state IN ('CONCLUDED', 'SIGNING', 'REPORT_ISSUED')
        AND EXISTS (SELECT 1 FROM review_sessions s WHERE s.review_id = r.id AND s.ended_at IS NOT NULL))
      OR (p.state = 'issued' AND v.id IS NULL)
      OR (r.state = 'REPORT_ISSUED' AND f.completed_at IS NULL)
      OR (r.state = 'FILED' AND v.answering_since IS NULL)
      OR (r.state = 'REVISING' AND v.answering_since IS DISTINCT FROM r.state_since)
      OR (r.state IN ('IMPLEMENTABLE', 'CLOSED') AND v.id IS NOT NULL AND v.closed_at IS NULL)
    )`

/** Goes on with every review whose meeting has ended. Safe in several processes: each step is taken under its lock. */
export async function workOffAftermath(): Promise<void> {
  const { rows } = await db.rawQuery(OPEN)
  for (const { id, state } of rows) {
    try {
      if (state === 'REPORT_ISSUED' && (await onlyWaitsForPapers(id))) continue
      const settled = await recordResult(SYSTEM_ACTOR, (unit) => settleAftermath(unit, id))
      if (!settled.ok) logger.warn({ review: id, refusal: settled.error }, 'aftermath')
    } catch (error) {
      // One review that can't go on must not hold up the others; it is tried again.
      logger.error({ err: error, review: id }, 'aftermath')
    }
  }
}

/** A filing that is open and incomplete needs no transaction each time. */
async function onlyWaitsForPapers(reviewId: string): Promise<boolean> {
  const filing = await filingOf(reviewId)
  const opened = await db.from('revisions').where('review_id', reviewId).first()
  if (!filing || !opened) return false
  const parts = await filedParts(filing)
  return FILED_PARTS.some((part) => parts[part] === undefined)
}

/** Does it now rather than at the next tick; called after the commit of what there is to do. */
export function wakeAftermath(): void {
  if (stopped) return
  if (running) {
    again = true
    return
  }
  if (timer) clearTimeout(timer)
  running = workOffAftermath()
    .catch((error) => logger.error({ err: error }, 'aftermath'))
    .then(() => {
      running = null
      if (stopped) return
      if (again) {
        again = false
        return wakeAftermath()
      }
      timer = setTimeout(wakeAftermath, EVERY_MS)
    })
}

export function startWorkingOffAftermath(): void {
  stopped = false
  wakeAftermath()
}

export async function stopWorkingOffAftermath(): Promise<void> {
  stopped = true
  if (timer) clearTimeout(timer)
  await running
}
