import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { toHex, utf8 } from '../lib/bytes.ts'
import { parseCheckpoint } from '../lib/tlog/checkpoint.ts'
import type { VerifierKey } from '../lib/tlog/keys.ts'
import { openNote } from '../lib/tlog/open_note.ts'
import { StoreFailed, syncDirectory } from './store.ts'

/** The checkpoint cosigned last. `note` is the log's, with the cosignature below its signature. */
export type Cosigned = {
  readonly origin: string
  readonly size: number
  readonly root: string
  readonly note: string
}

/** The file does not hold what this witness cosigned: the witness must not go on from it. */
export class CheckpointCorrupt extends Error {
  override readonly name = 'CheckpointCorrupt'

  constructor() {
    super('checkpoint_corrupt')
  }
}

/** Holds the latest alone: its cosignature vouches for everything before. On the disk before the answer leaves. */
export class CheckpointStore {
  readonly #path: string
  #latest: Cosigned | null = null

  /** `key` is the witness's own, whose cosignature the file must carry. */
  constructor(path: string, key: VerifierKey) {
    this.#path = path
    if (!existsSync(path)) return
    const bytes = readFileSync(path)
    const opened = openNote(new Uint8Array(bytes), [key])
    const checkpoint = opened.ok ? parseCheckpoint(opened.value.text) : opened
    if (!checkpoint.ok) throw new CheckpointCorrupt()
    const { origin, size, root } = checkpoint.value
    this.#latest = { origin, size, root: toHex(root), note: bytes.toString('utf8') }
  }

  get latest(): Cosigned | null {
    return this.#latest
  }

  /** Replaces the whole file at once: after a crash it is the old one or the new one. */
  save(cosigned: Cosigned): void {
    const temporary = `${this.#path}.new`
    try {
      const file = openSync(temporary, 'w', 0o600)
      const bytes = utf8(cosigned.note)
      for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
      fsyncSync(file)
      closeSync(file)
      renameSync(temporary, this.#path)
      syncDirectory(dirname(this.#path))
    } catch (error) {
      throw new StoreFailed(error)
    }
    this.#latest = cosigned
  }
}
