import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { toHex, utf8 } from '#lib/bytes'
import { rootOf, type Frontier } from '#lib/merkle'
import { openCheckpoint } from '#lib/tlog/open_checkpoint'
import { HeadUnreadable } from '#ledger/checkpoints/head_store'
import { ownHeadStore, ownLogKey } from '#ledger/checkpoints/own_log'

export type AnchorFinding =
  /** The entries as stored do not lead to a root that was signed at this size: the log was rewritten. */
  | { code: 'checkpoint_differs'; size: number }
  /** A kept checkpoint is none that this log signed, or is filed under another size or root. */
  | { code: 'checkpoint_forged'; size: number }
  /** More entries were signed than there are: the log was rolled back. */
  | { code: 'checkpoint_beyond_log'; size: number }
  | { code: 'kept_head_unreadable'; reason: string }

/** Roots that were signed, by size: in the table of checkpoints, and in the head kept apart from the database. */
class Anchors {
  readonly #roots = new Map<number, Set<string>>()
  readonly #found: AnchorFinding[] = []

  add(size: number, root: string): void {
    this.#roots.set(size, (this.#roots.get(size) ?? new Set()).add(root))
  }

  found(finding: AnchorFinding): void {
    this.#found.push(finding)
  }

  /** The recomputed log, as it goes by. */
  pass(frontier: Frontier): void {
    const roots = this.#roots.get(frontier.size)
    if (!roots) return
    roots.delete(toHex(rootOf(frontier)))
    if (roots.size > 0) this.found({ code: 'checkpoint_differs', size: frontier.size })
  }

  findings(size: number): AnchorFinding[] {
    const beyond = [...this.#roots.keys()].filter((signed) => signed > size)
    return [...this.#found, ...beyond.map((at) => ({ code: 'checkpoint_beyond_log' as const, size: at }))]
  }
}

export async function signedAnchors(client: typeof db | TransactionClientContract): Promise<Anchors> {
  const anchors = new Anchors()
  for (const row of await client.from('ledger_checkpoints').orderBy('size')) {
    const opened = openCheckpoint(utf8(row.note), [ownLogKey()])
    const size = Number(row.size)
    if (!opened.ok || opened.value.size !== size || toHex(opened.value.root) !== row.root)
      anchors.found({ code: 'checkpoint_forged', size })
    else anchors.add(size, row.root)
  }
  keptHead(anchors)
  return anchors
}

function keptHead(anchors: Anchors): void {
  try {
    const { frontier } = ownHeadStore().latest()
    if (frontier.size > 0) anchors.add(frontier.size, toHex(rootOf(frontier)))
  } catch (error) {
    if (!(error instanceof HeadUnreadable)) throw error
    anchors.found({ code: 'kept_head_unreadable', reason: error.message })
  }
}
