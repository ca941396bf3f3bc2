import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type { SignerKey } from '#lib/tlog/keys'
import { cosigned } from '#ledger/checkpoints/cosign'
import type { HeadStore, KeptHead } from '#ledger/checkpoints/head_store'
import { keepApart } from '#ledger/checkpoints/keep_apart'
import { publish, signHead } from '#ledger/checkpoints/publish_checkpoint'
import { forbidsAppending, refuseAppending } from '#ledger/checkpoints/refuse_appending'
import { pinnedWitness, witnessUrl } from '#ledger/checkpoints/witness'
import { sequenced } from '#ledger/outbox'
import type { LedgerProblem } from '#ledger/domain/ledger_problem'
import { latestCheckpoint, latestCosigned } from '#ledger/queries/checkpoints'

export type CheckpointOutcome =
  /** Another process is at it. */
  | { code: 'busy' }
  | { code: 'standing'; size: number; cosigned: boolean }
  | { code: 'stopped'; problem: LedgerProblem }

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 5000

/** Signs, has cosigned and publishes what is new in the log. One call is one round; several processes may call. */
export class Checkpointer {
  readonly #key: SignerKey
  readonly #store: HeadStore
  /** A witness that does not answer must not hold up every checkpoint. */
  #askAgainAt = 0
  #pauseMs = FIRST_PAUSE_MS
  /** Whether this process has heard from the witness that the log is the one it saw. */
  #confirmed = false
  /** A crash, or a version that kept less apart, may have left something out; once a process is enough. */
  #caughtUp = false

  constructor(key: SignerKey, store: HeadStore) {
    this.#key = key
    this.#store = store
  }

  async round(): Promise<CheckpointOutcome> {
    const trx = await db.transaction()
    try {
      const lock = await trx.rawQuery(
        "SELECT pg_try_advisory_xact_lock(hashtext('ledger_checkpoint')) AS mine"
      )
      return lock.rows[0].mine ? await this.#alone() : { code: 'busy' }
    } finally {
      await trx.rollback()
    }
  }

  async #alone(): Promise<CheckpointOutcome> {
    // Also what a crash left in the outbox. Why it can't be put in, the round finds out by itself.
    await sequenced().catch((error: unknown) => logger.warn({ err: error }, 'sequencer of the ledger'))
    const head = await signHead(this.#key, this.#store)
    if (!head.ok) return stopped(head.error)
    if (!this.#caughtUp) await keepApart(this.#store, head.value)
    this.#caughtUp = true
    const { size } = head.value.frontier
    const before = await latestCheckpoint()
    const isOut = before?.size === size
    const isCosigned = isOut && before.cosigned
    if (size === 0 || (isCosigned && (this.#confirmed || !witnessUrl())))
      return this.#standing(size, isCosigned)
    const note = performance.now() >= this.#askAgainAt ? await this.#ask(head.value) : null
    if (typeof note === 'object' && note !== null) return stopped(note)
    if (note !== null) await publish(this.#store, head.value, note, true)
    else if (!isOut) await publish(this.#store, head.value, head.value.note, false)
    return this.#standing(size, note !== null || isCosigned)
  }

  /** The cosigned note; null while the witness can't be had; or why the log has to stop. */
  async #ask(head: KeptHead): Promise<string | LedgerProblem | null> {
    const url = witnessUrl()
    const key = url ? await pinnedWitness() : null
    if (!url || !key) return this.#later(url ? 'witness_unreachable' : null)
    const from = (await latestCosigned())?.size ?? 0
    const answer = await cosigned({ url, key }, { size: head.frontier.size, note: head.note }, from)
    if (answer.ok) {
      this.#pauseMs = FIRST_PAUSE_MS
      this.#askAgainAt = 0
      this.#confirmed = true
      return answer.value
    }
    const { error } = answer
    if (error.code === 'witness_ahead' || error.code === 'witness_saw_another_log') return error
    return this.#later(error.code)
  }

  #later(why: string | null): null {
    if (why && this.#pauseMs === FIRST_PAUSE_MS) logger.warn(`checkpoints go without the witness: ${why}`)
    this.#askAgainAt = performance.now() + this.#pauseMs
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS)
    return null
  }

  async #standing(size: number, isCosigned: boolean): Promise<CheckpointOutcome> {
    await keepStanding(null)
    return { code: 'standing', size, cosigned: isCosigned }
  }
}

async function stopped(problem: LedgerProblem): Promise<CheckpointOutcome> {
  if (forbidsAppending(problem)) await refuseAppending(problem)
  if (await keepStanding(problem))
    // As text: fields named `code` are kept out of logs, those that people sign in with.
    logger.fatal(`LEDGER STOPPED, no checkpoint is signed any more: ${JSON.stringify(problem)}`)
  return { code: 'stopped', problem }
}

/** Keeps what is wrong where every process and page sees it. True when that is news. */
async function keepStanding(problem: LedgerProblem | null): Promise<boolean> {
  const changed = await db.rawQuery(
    `UPDATE ledger_standing SET problem = ?::jsonb, since = ? WHERE id = 1 AND problem IS DISTINCT FROM ?::jsonb`,
    [problem && JSON.stringify(problem), new Date(), problem && JSON.stringify(problem)]
  )
  return changed.rowCount > 0
}
