import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { sequenced } from '#ledger/outbox'

/** Others who commit meanwhile come into the same batch. */
const GATHER_MS = 5

let running: Promise<void> | null = null
let again = false

/** Something was committed to the outbox. One process at a time puts it into the log; the others leave it to that one. */
export function wakeSequencer(): void {
  again = true
  running ??= run().finally(() => (running = null))
}

/** Resolves once nothing of this process is under way. */
export async function sequencerAtRest(): Promise<void> {
  await running
}

async function run(): Promise<void> {
  while (again) {
    again = false
    await new Promise((done) => setTimeout(done, GATHER_MS))
    // What fails here is tried again with the next checkpoint.
    await alone().catch((error: unknown) => logger.error({ err: error }, 'sequencer of the ledger'))
  }
}

async function alone(): Promise<void> {
  const trx = await db.transaction()
  try {
    const { rows } = await trx.rawQuery(
      "SELECT pg_try_advisory_xact_lock(hashtext('ledger_sequencer')) AS mine"
    )
    if (rows[0].mine) await sequenced()
  } finally {
    await trx.rollback()
  }
}
