import { toHex } from '#lib/bytes'
import { readLeaf, type Leaf } from '#lib/ledger/leaf'
import { LogIncomplete, RemoteLog, type RemoteCheckpoint } from '#lib/ledger/remote_log'
import { Streams, type StreamHeads } from '#lib/ledger/streams'
import type { ReadFile } from '#lib/ledger/verify_folder'
import { appendLeaf, EMPTY_FRONTIER, leafHash, rootOf, type Frontier } from '#lib/merkle'
import { fail, ok, type Result } from '#lib/result'
import { decodeUtf8 } from '#lib/tlog/note'
import { TILE_WIDTH } from '#lib/tlog/tiles'
import type { VerifierKey } from '#lib/tlog/keys'

export interface PublishedEntry {
  readonly leaf: Leaf
  readonly text: string
  readonly hash: string
}

export interface PublishedNode {
  readonly level: number
  readonly index: number
  /** Hex. */
  readonly hash: string
}

export interface Published {
  readonly checkpoint: RemoteCheckpoint
  readonly frontier: Frontier
  /** Of the whole log. */
  readonly streams: StreamHeads
  /** Entries from the size asked for on. */
  readonly entries: readonly PublishedEntry[]
  /** Roots of all full tiles. */
  readonly nodes: readonly PublishedNode[]
  /** Roots, hex, at the sizes asked for. */
  readonly roots: ReadonlyMap<number, string>
}

export type SourceError =
  | { code: 'source_incomplete'; path: string }
  | { code: 'source_not_signed'; why: string }
  | { code: 'source_altered'; index: number }

/** Reads a published log whole and hashes every entry: nothing in it is believed but what this log signed. */
export async function readPublished(
  read: ReadFile,
  keys: readonly VerifierKey[],
  from: number,
  sizes: readonly number[]
): Promise<Result<Published, SourceError>> {
  const log = new RemoteLog(read)
  try {
    const opened = await log.checkpoint(keys)
    if (!opened.ok) return fail({ code: 'source_not_signed', why: opened.error.code })
    return await readEntries(log, opened.value, from, sizes)
  } catch (error) {
    if (error instanceof LogIncomplete) return fail({ code: 'source_incomplete', path: error.path })
    throw error
  }
}

async function readEntries(
  log: RemoteLog,
  checkpoint: RemoteCheckpoint,
  from: number,
  sizes: readonly number[]
): Promise<Result<Published, SourceError>> {
  const { size, root } = checkpoint
  const streams = new Streams()
  const entries: PublishedEntry[] = []
  const nodes: PublishedNode[] = []
  const roots = new Map<number, string>()
  let frontier = EMPTY_FRONTIER
  const note = () => sizes.includes(frontier.size) && roots.set(frontier.size, toHex(rootOf(frontier)))
  note()
  for (let number = 0; number * TILE_WIDTH < size; number++)
    for (const bytes of await log.bundle(size, number)) {
      const leaf = readLeaf(bytes)
      const hash = leafHash(bytes)
      if (!leaf || streams.next(leaf, toHex(hash)))
        return fail({ code: 'source_altered', index: frontier.size })
      if (frontier.size >= from) entries.push({ leaf, text: decodeUtf8(bytes)!, hash: toHex(hash) })
      const index = frontier.size
      frontier = appendLeaf(frontier, hash, (height, node) => {
        if (height % 8 !== 0) return
        nodes.push({ level: height / 8, index: Math.floor(index / 2 ** height), hash: toHex(node) })
      })
      note()
    }
  if (toHex(rootOf(frontier)) !== toHex(root)) return fail({ code: 'source_altered', index: size })
  return ok({ checkpoint, frontier, streams: streams.heads(), entries, nodes, roots })
}
