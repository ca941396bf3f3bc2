import db from '@adonisjs/lucid/services/db'
import { formatVerifierKey, KEY_TYPE } from '#lib/tlog/keys'
import { latestCheckpoint, ledgerProblem } from '#ledger/queries/checkpoints'
import { ledgerVerifierKeys } from '#ledger/queries/ledger_keys'
import { restorations } from '#ledger/queries/statements'
import { latestTimestamp, timestampProblem } from '#ledger/queries/timestamps'

const SHOWN = 12

/** What the log's public page says; whoever reads it checks the checkpoint themselves. */
export async function logStanding() {
  const [keys, standing, latest, stamp, unstamped, restored, rows] = await Promise.all([
    ledgerVerifierKeys(),
    ledgerProblem(),
    latestCheckpoint(),
    latestTimestamp(),
    timestampProblem(),
    restorations(),
    db.rawQuery(
      `SELECT size, root, bool_or(cosigned) AS cosigned, min(at) AS at FROM ledger_checkpoints
       GROUP BY size, root ORDER BY size DESC LIMIT ?`,
      [SHOWN]
    ),
  ])
  const keyOf = (type: number) => {
    const key = keys.find((one) => one.type === type)
    return key ? formatVerifierKey(key) : null
  }
  return {
    keys: { log: keyOf(KEY_TYPE.ed25519)!, witness: keyOf(KEY_TYPE.cosignature) },
    problem: standing ? { ...standing.problem, since: standing.since.toISOString() } : null,
    /** The signed note, also while the log is stopped: it is what was shown last. */
    checkpoint: latest?.note ?? null,
    timestamp: stamp && { ...stamp, time: stamp.time.toISOString() },
    timestampFailing: unstamped !== null,
    /** Declarations that a restored database went on. */
    restorations: restored,
    /** Machine time. */
    now: new Date().toISOString(),
    checkpoints: rows.rows.map((row: any) => ({
      size: Number(row.size),
      root: row.root as string,
      cosigned: row.cosigned as boolean,
      at: row.at.toISOString() as string,
    })),
  }
}
