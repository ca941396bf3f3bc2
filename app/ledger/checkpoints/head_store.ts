/** The head that was signed last, kept apart from the database: whoever winds that back meets it here. */
import { existsSync, mkdirSync, readdirSync, readFileSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { createDurably } from '#core/files/durable_file'
import { toHex, utf8 } from '#lib/bytes'
import { canonicalJson, parseStrictJson } from '#lib/canonical_json'
import { EMPTY_FRONTIER, rootOf, type Frontier } from '#lib/merkle'
import { KeptLeaves } from '#ledger/checkpoints/kept_leaves'
import { KeptNotes } from '#ledger/checkpoints/kept_notes'
import type { VerifierKey } from '#lib/tlog/keys'
import { openCheckpoint } from '#lib/tlog/open_checkpoint'

export interface KeptHead {
  /** 0 before the first; each later head is one above the one it follows. */
  readonly generation: number
  readonly frontier: Frontier
  /** The checkpoint as the log signed it; empty before the first. */
  readonly note: string
}

export const NO_HEAD: KeptHead = { generation: 0, frontier: EMPTY_FRONTIER, note: '' }

/** The newest file is damaged or is not what this log signed: nothing may be signed from it. */
export class HeadUnreadable extends Error {}

const FILE = /^head-(\d{12})\.json$/
/** Earlier heads are kept for whoever wants to know what happened; a writer is never this far behind. */
const KEPT = 100

/**
 * Compare-and-swap by the file system: a head's file name is its generation, made only where there is none of
 * that name. Two installations that go on from one head can't both succeed.
 */
export class HeadStore {
  readonly #directory: string
  readonly #key: VerifierKey
  readonly leaves: KeptLeaves
  readonly notes: KeptNotes

  constructor(varDir: string, key: VerifierKey) {
    this.#directory = join(varDir, 'ledger-head')
    this.#key = key
    this.leaves = new KeptLeaves(join(this.#directory, 'leaves'))
    this.notes = new KeptNotes(join(this.#directory, 'published'))
  }

  /** @throws HeadUnreadable */
  latest(): KeptHead {
    const generation = this.#generations().at(-1)
    return generation === undefined ? NO_HEAD : this.#read(generation)
  }

  /** Durable when it returns. False when somebody else went on from `before` meanwhile. */
  advance(before: KeptHead, frontier: Frontier, note: string): KeptHead | null {
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 })
    const generation = before.generation + 1
    const head = { generation, size: frontier.size, nodes: frontier.nodes, note }
    if (!createDurably(this.#path(generation), `${canonicalJson(head)}\n`)) return null
    const all = this.#generations()
    if (all.at(-1) !== generation) throw new HeadUnreadable(`generation ${generation} is not the last`)
    for (const old of all.slice(0, -KEPT)) unlinkSync(this.#path(old))
    return { generation, frontier, note }
  }

  #generations(): number[] {
    if (!existsSync(this.#directory)) return []
    const names = readdirSync(this.#directory)
    return names
      .flatMap((name) => FILE.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b)
  }

  #path(generation: number): string {
    return join(this.#directory, `head-${String(generation).padStart(12, '0')}.json`)
  }

  #read(generation: number): KeptHead {
    const parsed = parseStrictJson(readFileSync(this.#path(generation), 'utf8').trimEnd())
    if (!parsed.ok) throw new HeadUnreadable(parsed.error.code)
    const { size, nodes, note } = parsed.value as { size: number; nodes: string[]; note: string }
    const opened = openCheckpoint(utf8(String(note)), [this.#key])
    if (!opened.ok) throw new HeadUnreadable(opened.error.code)
    const frontier = { size, nodes }
    if (opened.value.size !== size || toHex(rootOf(frontier)) !== toHex(opened.value.root))
      throw new HeadUnreadable('frontier')
    return { generation, frontier, note }
  }
}
