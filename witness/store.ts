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

/** How many evaluations there are, and the hash of the last one's line: kept in another file than they are. */
export type Memory = { readonly count: number; readonly last: string }

/** The store's own history does not hold together: the witness must not go on from it. */
export class StoreCorrupt extends Error {
  override readonly name = 'StoreCorrupt'

  constructor(what: string) {
    super(`store_corrupt: ${what}`)
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

export const NOTHING_EVALUATED: Memory = { count: 0, last: FIRST }

/**
 * An append-only file of canonical JSON lines, each with the hash of the line before. A line is on the disk
 * before its answer leaves, so that no crash makes the witness forget what it has answered.
 */
export class Store {
  readonly records: WitnessRecord[] = []
  readonly #file: number
  #last = FIRST

  /** `kept` is what the other file remembers of this one; null where it is from before it did. */
  constructor(path: string, kept: Memory | null) {
    const isNew = !existsSync(path)
    if (isNew && kept && kept.count > 0)
      throw new StoreCorrupt(`evaluations.jsonl is gone, ${remembered(kept)}`)
    const bytes = isNew ? Buffer.alloc(0) : readFileSync(path)
    const whole = bytes.lastIndexOf(10) + 1
    const lines = bytes.subarray(0, whole).toString('utf8').split('\n').slice(0, -1)
    this.records.push(...readLines(lines, kept))
    if (lines.length > 0) this.#last = hashOf(lines.at(-1)!)
    this.#file = openSync(path, 'a', 0o600)
    if (isNew) syncDirectory(dirname(path))
    // A last line without its end was cut off by a crash; its answer never left.
    if (whole < bytes.length) {
      ftruncateSync(this.#file, whole)
      fsyncSync(this.#file)
    }
  }

  get memory(): Memory {
    return { count: this.records.length, last: this.#last }
  }

  append(record: WitnessRecord): void {
    const line = canonicalJson({ ...record, prev: this.#last })
    const bytes = Buffer.from(`${line}\n`, 'utf8')
    try {
      let written = 0
      while (written < bytes.length) written += writeSync(this.#file, bytes, written)
      fsyncSync(this.#file)
    } catch (error) {
      throw new StoreFailed(error)
    }
    this.#last = hashOf(line)
    this.records.push(record)
  }

  close(): void {
    closeSync(this.#file)
  }
}

/** @throws StoreCorrupt where the lines are not a chain, or not the one that is remembered. */
function readLines(lines: readonly string[], kept: Memory | null): WitnessRecord[] {
  const read = lines.map((line, i) => readLine(line, i + 1))
  if (kept && lines.length < kept.count) {
    throw new StoreCorrupt(`evaluations.jsonl has ${lines.length} whole lines, ${remembered(kept)}`)
  }
  // What each line has to hash to: the next one says so, and of the last the other file.
  const said = [...read.map(({ prev }) => prev), ...(kept?.count === lines.length ? [kept.last] : [])]
  const broken = (i: number) => i < said.length && said[i] !== (i === 0 ? FIRST : hashOf(lines[i - 1]!))
  const first = said.findIndex((_, i) => broken(i))
  if (first >= 0) {
    // A line that neither follows the one before nor is followed was edited itself.
    const number = Math.max(1, broken(first + 1) ? first + 1 : first)
    throw new StoreCorrupt(`line ${number} was edited, or lines beside it are missing`)
  }
  if (kept && kept.count > 0 && hashOf(lines[kept.count - 1]!) !== kept.last) {
    throw new StoreCorrupt(`line ${kept.count} is not the one that the file checkpoint remembers`)
  }
  // A crash between the two files leaves one line more here, never two.
  if (kept && lines.length > kept.count + 1) {
    throw new StoreCorrupt(`evaluations.jsonl has ${lines.length} lines, ${remembered(kept)}`)
  }
  return read.map(({ record }) => record)
}

function readLine(line: string, number: number): { prev: unknown; record: WitnessRecord } {
  const parsed = parseStrictJson(line)
  if (!parsed.ok || !parsed.value || typeof parsed.value !== 'object') {
    throw new StoreCorrupt(`line ${number} was edited: it can't be read`)
  }
  const { prev, ...record } = parsed.value as unknown as WitnessRecord & { prev: unknown }
  return { prev, record: record as WitnessRecord }
}

function remembered({ count }: Memory): string {
  return `and the file checkpoint remembers ${count}`
}

function hashOf(line: string): string {
  return toHex(sha256(utf8(line)))
}

/** A new file's name is durable only once its directory is. */
export function syncDirectory(path: string): void {
  const directory = openSync(path, 'r')
  fsyncSync(directory)
  closeSync(directory)
}
