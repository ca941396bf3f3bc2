/** A log as anyone can read it (C2SP tlog-tiles), whoever serves it: nothing it says is believed without its proof. */
import { fromHex, utf8 } from '../bytes.ts'
import { leafHash, verifyConsistency, verifyInclusion } from '../merkle.ts'
import { fail, ok, type Result } from '../result.ts'
import type { VerifierKey } from '../tlog/keys.ts'
import { decodeUtf8 } from '../tlog/note.ts'
import { openCheckpoint, type OpenCheckpointError, type SignedCheckpoint } from '../tlog/open_checkpoint.ts'
import { TileTree } from '../tlog/tile_tree.ts'
import { decodeEntries, decodeHashes, TILE_WIDTH, tilePath, widthIn } from '../tlog/tiles.ts'
import type { Receipt } from './receipt.ts'
import type { ReadFile } from './verify_folder.ts'

export type RemoteCheckpoint = SignedCheckpoint & { readonly note: string }

/** A file of the log that a checkpoint promises is not there, or is no such file. */
export class LogIncomplete extends Error {
  override readonly name = 'LogIncomplete'
  readonly path: string

  constructor(path: string) {
    super(`log_incomplete: ${path}`)
    this.path = path
  }
}

export type Older = { readonly size: number; readonly root: Uint8Array }

export class RemoteLog {
  readonly #read: ReadFile

  /** `read` gives files by their path below the log's prefix, null where there is none; it rejects when nobody answers. */
  constructor(read: ReadFile) {
    this.#read = read
  }

  /** @throws LogIncomplete when there is no checkpoint. */
  async checkpoint(
    keys: readonly VerifierKey[]
  ): Promise<Result<RemoteCheckpoint, OpenCheckpointError & { note: string }>> {
    const bytes = await this.#read('checkpoint')
    if (!bytes) throw new LogIncomplete('checkpoint')
    const note = decodeUtf8(bytes) ?? ''
    const opened = openCheckpoint(bytes, keys)
    return opened.ok ? ok({ ...opened.value, note }) : fail({ ...opened.error, note })
  }

  /** Whether the tree of `now` begins with the older one. @throws LogIncomplete */
  async extends(now: Older, older: Older): Promise<boolean> {
    if (older.size > now.size) return false
    return verifyConsistency({
      first: older.size,
      second: now.size,
      firstRoot: older.root,
      secondRoot: now.root,
      proof: older.size === 0 ? [] : await this.#tree(now.size).consistency(older.size),
    })
  }

  /** The entry's exact bytes, if it stands in the tree of `now`; else null. @throws LogIncomplete */
  async entry(now: Older, index: number): Promise<Uint8Array | null> {
    if (index >= now.size) return null
    const bundle = await this.bundle(now.size, Math.floor(index / TILE_WIDTH))
    const entry = bundle[index % TILE_WIDTH]!
    const proof = await this.#tree(now.size).inclusion(index)
    const included = verifyInclusion({ index, size: now.size, leaf: leafHash(entry), proof, root: now.root })
    return included ? entry : null
  }

  /** Entries 256 · `number` … of the tree of `size`. @throws LogIncomplete */
  async bundle(size: number, number: number): Promise<Uint8Array[]> {
    const width = widthIn(size, 'entries', number)
    const path = tilePath({ level: 'entries', index: number, width })
    const bytes = await this.#read(path)
    const entries = bytes ? decodeEntries(bytes, width) : undefined
    if (!entries) throw new LogIncomplete(path)
    return entries
  }

  #tree(size: number): TileTree {
    return new TileTree(size, async (level, index, width) => {
      const path = tilePath({ level, index, width })
      const bytes = await this.#read(path)
      const hashes = bytes ? decodeHashes(bytes, width) : undefined
      if (!hashes) throw new LogIncomplete(path)
      return hashes
    })
  }
}

export type ReceiptStanding =
  /** The log still begins with the tree of the receipt; the entry as it stands there. */
  | { code: 'receipt_in'; entry: Uint8Array }
  /** The log is shorter than the receipt says it was. */
  | { code: 'receipt_beyond_log' }
  /** The log is another one up to there. */
  | { code: 'receipt_not_in' }

/** Is the receipt still in? `now` is a checkpoint whose signatures have been checked. @throws LogIncomplete */
export async function standingOf(log: RemoteLog, now: Older, receipt: Receipt): Promise<ReceiptStanding> {
  if (receipt.size > now.size) return { code: 'receipt_beyond_log' }
  const older = { size: receipt.size, root: fromHex(receipt.root) }
  if (!(await log.extends(now, older))) return { code: 'receipt_not_in' }
  const entry = await log.entry(now, receipt.index)
  return entry ? { code: 'receipt_in', entry } : { code: 'receipt_not_in' }
}

/** An older checkpoint as somebody kept it, if one of `keys` signed it. */
export function keptCheckpoint(
  text: string,
  keys: readonly VerifierKey[]
): Result<SignedCheckpoint, OpenCheckpointError> {
  return openCheckpoint(utf8(text.endsWith('\n') ? text : `${text}\n`), keys)
}
