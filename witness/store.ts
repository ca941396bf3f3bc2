import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { sha256, toHex, utf8 } from '../lib/bytes.ts'
import { canonicalJson, parseStrictJson } from '../lib/canonical_json.ts'
import type { PlanIdentity } from '../lib/draw/plan_key.ts'

/** The tree and the leaf that an answer was given upon. */
export type Seen = { readonly size: number; readonly root: string; readonly leafHash: string }

export type DrawRecord = Seen & {
  readonly kind: 'draw'
  readonly drawId: string
  readonly planKey: string
  /** What the key is of. Not in records of before the witness asked for it. */
  readonly plan?: PlanIdentity
  /** In a round above the first: leaf hash of the entry that the one before failed. */
  readonly roundBefore?: string
  readonly proof: string
  /** Of a draw with a beacon: when it was answered, seconds since 1970. */
  readonly time?: number
}

export type ReplacementRecord = Seen & {
  readonly kind: 'replacement'
  readonly drawId: string
  readonly number: number
  readonly seat: number
  readonly leaver: string
  readonly input: string
  readonly proof: string
  readonly time?: number
}

export type SampleRecord = Seen & {
  readonly kind: 'sample'
  readonly occasion: string
  readonly input: string
  readonly proof: string
}

export type WitnessRecord = DrawRecord | ReplacementRecord | SampleRecord

/** The store's own history does not hold together: the witness must not go on from it. */
export class StoreCorrupt extends Error {
  override readonly name = 'StoreCorrupt'

  constructor(line: number) {
    super(`store_corrupt: line ${line}`)
  }
}

/** A record could not be made durable. What the file holds is unknown until it is read again by a new start. */
export class StoreFailed extends Error {
  override readonly name = 'StoreFailed'

  constructor(cause: unknown) {
    super('store_failed', { cause })
  }
}

const FIRST = '0'.repeat(64)

/**
 * An append-only file of canonical JSON lines, each with the hash of the line before. A line is on the disk
 * before its answer leaves, so that no crash makes the witness forget what it has answered.
 */
export class Store {
  readonly records: WitnessRecord[] = []
  readonly #file: number
  #prev = FIRST

  constructor(path: string) {
    const isNew = !existsSync(path)
    this.#file = openSync(path, 'a', 0o600)
    if (isNew) syncDirectory(dirname(path))
    const bytes = readFileSync(path)
    const whole = bytes.lastIndexOf(10) + 1
    // A last line without its end was cut off by a crash; its answer never left.
    if (whole < bytes.length) {
      ftruncateSync(this.#file, whole)
      fsyncSync(this.#file)
    }
    const lines = bytes.subarray(0, whole).toString('utf8').split('\n').slice(0, -1)
    lines.forEach((line, i) => this.#read(line, i + 1))
  }

  append(record: WitnessRecord): void {
    const line = canonicalJson({ ...record, prev: this.#prev })
    const bytes = Buffer.from(`${line}\n`, 'utf8')
    try {
      let written = 0
      while (written < bytes.length) written += writeSync(this.#file, bytes, written)
      fsyncSync(this.#file)
    } catch (error) {
      throw new StoreFailed(error)
    }
    this.#prev = toHex(sha256(utf8(line)))
    this.records.push(record)
  }

  close(): void {
    closeSync(this.#file)
  }

  #read(line: string, number: number): void {
    const parsed = parseStrictJson(line)
    if (!parsed.ok || !parsed.value || typeof parsed.value !== 'object') throw new StoreCorrupt(number)
    const { prev, ...record } = parsed.value as unknown as WitnessRecord & { prev: string }
    if (prev !== this.#prev) throw new StoreCorrupt(number)
    this.#prev = toHex(sha256(utf8(line)))
    this.records.push(record as WitnessRecord)
  }
}

/** A new file's name is durable only once its directory is. */
export function syncDirectory(path: string): void {
  const directory = openSync(path, 'r')
  fsyncSync(directory)
  closeSync(directory)
}
