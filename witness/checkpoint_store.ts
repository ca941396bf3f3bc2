import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { toHex, utf8 } from '../lib/bytes.ts'
import { parseCheckpoint } from '../lib/tlog/checkpoint.ts'
import type { VerifierKey } from '../lib/tlog/keys.ts'
import { openNote } from '../lib/tlog/open_note.ts'
import { canonicalJson, parseStrictJson } from '../lib/canonical_json.ts'
import { exactFields, isHash, isIntegerBetween } from '../lib/draw/read.ts'
import { NOTHING_EVALUATED, StoreFailed, syncDirectory, type Memory } from './store.ts'

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
    super('checkpoint_corrupt: the file checkpoint is not as this witness wrote it')
  }
}

/**
 * Holds the latest alone: its cosignature vouches for everything before. On the disk before the answer leaves. Below
 * the note, one line says how many evaluations there are and how the last one hashes, so that the two files tell on
 * each other.
 */
export class CheckpointStore {
  readonly #path: string
  #latest: Cosigned | null = null
  #memory: Memory | null = NOTHING_EVALUATED

  /** `key` is the witness's own, whose cosignature the file must carry. */
  constructor(path: string, key: VerifierKey) {
    this.#path = path
    if (!existsSync(path)) return
    const { note, memory } = split(readFileSync(path, 'utf8'))
    const opened = openNote(utf8(note), [key])
    const checkpoint = opened.ok ? parseCheckpoint(opened.value.text) : opened
    if (!checkpoint.ok) throw new CheckpointCorrupt()
    const { origin, size, root } = checkpoint.value
    this.#latest = { origin, size, root: toHex(root), note }
    this.#memory = memory
  }

  get latest(): Cosigned | null {
    return this.#latest
  }

  /** Null where the file is from before it remembered any. */
  get memory(): Memory | null {
    return this.#memory
  }

  save(cosigned: Cosigned): void {
    this.#write(cosigned, this.#memory ?? NOTHING_EVALUATED)
  }

  /** After each evaluation; there is a checkpoint by then, since none is given without. */
  remember(memory: Memory): void {
    if (this.#latest) this.#write(this.#latest, memory)
  }

  /** Replaces the whole file at once: after a crash it is the old one or the new one. */
  #write(cosigned: Cosigned, memory: Memory): void {
    const temporary = `${this.#path}.new`
    try {
      const file = openSync(temporary, 'w', 0o600)
      const bytes = utf8(`${cosigned.note}${canonicalJson(memory)}\n`)
      for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
      fsyncSync(file)
      closeSync(file)
      renameSync(temporary, this.#path)
      syncDirectory(dirname(this.#path))
    } catch (error) {
      throw new StoreFailed(error)
    }
    this.#latest = cosigned
    this.#memory = memory
  }
}

/** No line of a note's signatures begins like the memory's. @throws CheckpointCorrupt when that line is malformed. */
function split(text: string): { note: string; memory: Memory | null } {
  const at = text.lastIndexOf('\n{') + 1
  if (at === 0) return { note: text, memory: null }
  const parsed = parseStrictJson(text.slice(at).replace(/\n$/, ''))
  const memory = parsed.ok ? exactFields(parsed.value, ['count', 'last']) : undefined
  if (!memory || !isHash(memory.last) || !isIntegerBetween(memory.count, 0, Number.MAX_SAFE_INTEGER)) {
    throw new CheckpointCorrupt()
  }
  return { note: text.slice(0, at), memory: { count: memory.count, last: memory.last } }
}
