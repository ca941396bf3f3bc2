import db from '@adonisjs/lucid/services/db'
import type { LedgerProblem } from '#ledger/domain/ledger_problem'

export interface PublishedCheckpoint {
  readonly size: number
  /** Hex. */
  readonly root: string
  /** The signed note. */
  readonly note: string
  readonly cosigned: boolean
  /** Machine time. */
  readonly at: Date
}

/** What is served as the log's head: the largest tree, with the witness's line if it has one. */
export async function latestCheckpoint(): Promise<PublishedCheckpoint | null> {
  const row = await db.from('ledger_checkpoints').orderBy('size', 'desc').orderBy('cosigned', 'desc').first()
  return row ? published(row) : null
}

/** The largest tree that the witness has cosigned, as far as this installation published it. */
export async function latestCosigned(): Promise<PublishedCheckpoint | null> {
  const row = await db.from('ledger_checkpoints').where('cosigned', true).orderBy('size', 'desc').first()
  return row ? published(row) : null
}

/** What is wrong with the log, if checkpoints had to stop. */
export async function ledgerProblem(): Promise<{ problem: LedgerProblem; since: Date } | null> {
  const row = await db.from('ledger_standing').where('id', 1).first()
  return row?.problem ? { problem: row.problem, since: row.since } : null
}

function published(row: any): PublishedCheckpoint {
  const { root, note, cosigned, at } = row
  return { size: Number(row.size), root, note, cosigned, at }
}

/**
 * The first checkpoint published that covers an entry, cosigned if the witness answers in time. Waits as long as
 * `patienceMs` (machine time); null when none came, since checkpoints stand still.
 */
export async function checkpointCovering(
  index: number,
  patienceMs: number
): Promise<PublishedCheckpoint | null> {
  const until = performance.now() + patienceMs
  for (;;) {
    const row = await db
      .from('ledger_checkpoints')
      .where('size', '>', index)
      .orderBy('cosigned', 'desc')
      .orderBy('size')
      .first()
    const late = performance.now() > until
    if (row && (row.cosigned || late)) return published(row)
    if (late) return null
    await new Promise((done) => setTimeout(done, 200))
  }
}
