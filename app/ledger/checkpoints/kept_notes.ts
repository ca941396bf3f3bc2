/** Which checkpoints were let out, kept apart from the database: a row that is changed or taken away shows. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { sha256, toHex, utf8 } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'

export interface CheckpointRow {
  readonly size: number
  readonly cosigned: boolean
  readonly root: string
  readonly note: string
  /** Machine time, ISO 8601, to the microsecond that the database keeps. */
  readonly at: string
}

const LINE = /^(?:0|[1-9]\d{0,15}) [01] [0-9a-f]{64}$/

/** One line a checkpoint: size, whether cosigned, digest of the row. A line that a crash cut off counts for nothing. */
export class KeptNotes {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  add(rows: readonly CheckpointRow[]): void {
    // A line of its own, whatever a crash left before it.
    for (const row of rows) appendFileSync(this.#path, `\n${lineOf(row)}\n`, { mode: 0o600 })
  }

  /** Lines by what they stand for. */
  read(): ReadonlyMap<string, string> {
    if (!existsSync(this.#path)) return new Map()
    const lines = readFileSync(this.#path, 'utf8').split('\n')
    return new Map(lines.filter((line) => LINE.test(line)).map((line) => [nameOf(line), line]))
  }
}

/** Size and whether cosigned: there is one row of each at most. */
export function nameOf(line: string): string {
  return line.slice(0, line.lastIndexOf(' '))
}

export function lineOf(row: CheckpointRow): string {
  const { size, cosigned, root, note, at } = row
  return `${size} ${cosigned ? 1 : 0} ${toHex(sha256(utf8(canonicalJson({ size, cosigned, root, note, at }))))}`
}

/** As PostgreSQL writes a moment that came from a clock of milliseconds. */
export function microseconds(at: Date): string {
  return at.toISOString().replace('Z', '000Z')
}
