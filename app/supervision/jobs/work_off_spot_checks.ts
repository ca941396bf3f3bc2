import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { completeSpotCheck } from '#supervision/actions/complete_spot_check'

const EVERY_MS = 2000
const LEASE_MS = 15_000

let timer: NodeJS.Timeout | null = null
let running: Promise<void> | null = null
let again = false
let stopped = true

/** Goes on with every spot check under way. A lease spares double work of several processes; twice does no harm. */
export async function workOffSpotChecks(): Promise<void> {
  const open = await db
    .from('spot_checks')
    .whereNot('status', 'completed')
    .orderBy('committed_at')
    .select('id')
  for (const { id } of open) await underLease(id)
}

async function underLease(id: string): Promise<void> {
  const now = Date.now()
  const taken = await db
    .from('spot_checks')
    .where('id', id)
    .where((query) => query.whereNull('lease_until').orWhere('lease_until', '<', new Date(now)))
    .update({ lease_until: new Date(now + LEASE_MS) })
  if (Number(taken) !== 1) return
  try {
    await completeSpotCheck(id)
  } catch (error) {
    // One that can't go on must not hold up the others; it is tried again.
    logger.error({ err: error, spotCheck: id }, 'spot check')
  } finally {
    await db.from('spot_checks').where('id', id).update({ lease_until: null })
  }
}

/** Does it now rather than at the next tick; called after the commit of what there is to do. */
export function wakeSpotChecks(): void {
  if (stopped) return
  if (running) {
    again = true
    return
  }
  if (timer) clearTimeout(timer)
  running = workOffSpotChecks()
    .catch((error) => logger.error({ err: error }, 'spot checks'))
    .then(() => {
      running = null
      if (stopped) return
      if (again) {
        again = false
        return wakeSpotChecks()
      }
      timer = setTimeout(wakeSpotChecks, EVERY_MS)
    })
}

export function startWorkingOffSpotChecks(): void {
  stopped = false
  wakeSpotChecks()
}

export async function stopWorkingOffSpotChecks(): Promise<void> {
  stopped = true
  if (timer) clearTimeout(timer)
  await running
}
