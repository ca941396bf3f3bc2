import type db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { toHex, utf8 } from '#lib/bytes'
import { rootOf, type Frontier } from '#lib/merkle'
import { openCheckpoint } from '#lib/tlog/open_checkpoint'
import { HeadUnreadable, type KeptHead } from '#ledger/checkpoints/head_store'
import { lineOf, nameOf, type CheckpointRow } from '#ledger/checkpoints/kept_notes'
import { ownHeadStore, ownLogKey } from '#ledger/checkpoints/own_log'
import { knownWitness } from '#ledger/checkpoints/witness'
import { isCheckpointLost, type Restoration } from '#ledger/domain/restoration'
import { storedCheckpoints } from '#ledger/queries/stored_checkpoints'

export type AnchorFinding =
  /** The entries as stored do not lead to a root that was signed at this size: the log was rewritten. */
  | { code: 'checkpoint_differs'; size: number }
  /** A kept checkpoint is none that this log signed, or is filed under another size or root, or as cosigned. */
  | { code: 'checkpoint_forged'; size: number }
  /** A checkpoint that was let out is gone, or is not to the letter what was let out. */
  | { code: 'checkpoint_missing' | 'checkpoint_altered'; size: number }
  /** More entries were signed than there are: the log was rolled back. */
  | { code: 'checkpoint_beyond_log'; size: number }
  | { code: 'kept_head_unreadable'; reason: string }

/** What was signed: in the table of checkpoints, and in what is kept apart from the database. */
export class Anchors {
  readonly #roots = new Map<number, Set<string>>()
  readonly #found: AnchorFinding[] = []
  /** Entries that were signed, as far as the head kept apart tells. */
  readonly size: number
  /** Leaf hashes of those entries, where they were kept and lead to the signed root. */
  readonly #leaves: readonly Uint8Array[] | null

  constructor(head: KeptHead | null, leaves: readonly Uint8Array[] | null) {
    this.size = head?.frontier.size ?? 0
    this.#leaves = leaves
    if (this.size > 0) this.add(this.size, toHex(rootOf(head!.frontier)))
  }

  add(size: number, root: string): void {
    this.#roots.set(size, (this.#roots.get(size) ?? new Set()).add(root))
  }

  found(finding: AnchorFinding): void {
    this.#found.push(finding)
  }

  /** Whether an entry is the one that was signed at its place; null where nobody can say. */
  isSigned(index: number, leafHash: string): boolean | null {
    const leaf = this.#leaves?.[index]
    return leaf ? toHex(leaf) === leafHash : null
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

/** `restorations`: what a restored database lacks on record is no finding. */
export async function signedAnchors(
  client: typeof db | TransactionClientContract,
  restorations: readonly Restoration[]
): Promise<Anchors> {
  const store = ownHeadStore()
  const head = keptHead()
  const anchors =
    'reason' in head ? new Anchors(null, null) : new Anchors(head, store.leaves.of(head.frontier))
  if ('reason' in head) anchors.found({ code: 'kept_head_unreadable', reason: head.reason })
  const rows = await storedCheckpoints(client)
  const letOut = store.notes.read()
  for (const row of rows) judge(row, letOut.get(nameOf(lineOf(row))), anchors)
  const there = new Set(rows.map((row) => nameOf(lineOf(row))))
  for (const name of letOut.keys()) {
    const size = Number(name.split(' ')[0])
    if (!there.has(name) && !isCheckpointLost(size, restorations))
      anchors.found({ code: 'checkpoint_missing', size })
  }
  return anchors
}

function judge(row: CheckpointRow, letOut: string | undefined, anchors: Anchors): void {
  const { size, root } = row
  const signed = opened(row.note)
  const fits =
    signed?.size === size && signed.root === root && (signed.cosigned ?? row.cosigned) === row.cosigned
  if (!fits) return anchors.found({ code: 'checkpoint_forged', size })
  if (letOut !== undefined && letOut !== lineOf(row)) anchors.found({ code: 'checkpoint_altered', size })
  anchors.add(size, root)
}

/** Null `cosigned`: nobody knows the witness's key. */
type Signed = { readonly size: number; readonly root: string; readonly cosigned: boolean | null }

/** Signatures of one text under the same keys stay what they are; a log has as many checkpoints as seconds. */
const seen = new Map<string, Signed | null>()

function opened(note: string): Signed | null {
  const witness = knownWitness()
  const name = `${witness?.name ?? ''}\n${note}`
  const known = seen.get(name)
  if (known !== undefined) return known
  const result = openCheckpoint(utf8(note), [ownLogKey(), ...(witness ? [witness] : [])])
  const signed = result.ok
    ? {
        size: result.value.size,
        root: toHex(result.value.root),
        cosigned: witness && result.value.cosigned.length > 0,
      }
    : null
  seen.set(name, signed)
  return signed
}

function keptHead(): KeptHead | { reason: string } {
  try {
    return ownHeadStore().latest()
  } catch (error) {
    if (!(error instanceof HeadUnreadable)) throw error
    return { reason: error.message }
  }
}
