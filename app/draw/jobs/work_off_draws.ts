import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { completeDraw } from '#draw/actions/complete_draw'
import { workOffDepartures } from '#draw/actions/work_off_departures'

const EVERY_MS = 1000
const LEASE_MS = 15_000

let timer: NodeJS.Timeout | null = null
let running: Promise<void> | null = null
let again = false
let stopped = true

/**
 * Goes on with every draw and every replacement that is under way. Safe in several processes: a lease
 * spares double work, and what is done twice comes out the same.
 */
export async function workOffDraws(): Promise<void> {
  const open = await db.rawQuery(
    `SELECT id FROM draws WHERE status <> 'completed'
     UNION SELECT draw_id FROM draw_departures WHERE status IN ('queued', 'logged')`
  )
  for (const { id } of open.rows) await underLease(id)
}

async function underLease(id: string): Promise<void> {
  const now = Date.now()
  const taken = await db
    .from('draws')
    .where('id', id)
    .where((query) => query.whereNull('lease_until').orWhere('lease_until', '<', new Date(now)))
    .update({ lease_until: new Date(now + LEASE_MS) })
  if (Number(taken) !== 1) return
  try {
    await completeDraw(id)
    await workOffDepartures(id)
  } catch (error) {
    // One draw that can't go on must not hold up the others; it is tried again.
    logger.error({ err: error, draw: id }, 'draw')
  } finally {
    await db.from('draws').where('id', id).update({ lease_until: null })
  }
}

/** Does it now rather than at the next tick; called after the commit of what there is to do. */
export function wakeDraws(): void {
  if (stopped) return
  if (running) {
    again = true
    return
  }
  if (timer) clearTimeout(timer)
  running = workOffDraws()
    .catch((error) => logger.error({ err: error }, 'draws'))
    .then(() => {
      running = null
      if (stopped) return
      if (again) {
        again = false
        return wakeDraws()
      }
      timer = setTimeout(wakeDraws, EVERY_MS)
    })
}

export function startWorkingOffDraws(): void {
  stopped = false
  wakeDraws()
}

export async function stopWorkingOffDraws(): Promise<void> {
  stopped = true
  if (timer) clearTimeout(timer)
  await running
}
