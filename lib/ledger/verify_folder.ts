/** Verifies a whole log as it is served or exported (C2SP tlog-tiles): signatures, every tile, every entry. */
import { toHex } from '../bytes.ts'
import { appendLeaf, EMPTY_FRONTIER, leafHash, rootOf, type Frontier } from '../merkle.ts'
import type { Certificate } from '../pki/certificate.ts'
import type { VerifierKey } from '../tlog/keys.ts'
import { decodeEntries, decodeHashes, tilePath, tilesOfLevel, widthIn, type Tile } from '../tlog/tiles.ts'
import { equalBytes } from '../bytes.ts'
import { readLeaf } from './leaf.ts'
import { Streams } from './streams.ts'
import { faultOf, readTimestamps, type ReadTimestamps } from './timestamps.ts'
import { checkSignatures } from './verify_signatures.ts'

export type LedgerCheckCode =
  | 'ledger_checkpoint'
  | 'ledger_keys'
  | 'ledger_signature'
  | 'ledger_cosignature'
  | 'ledger_tiles'
  | 'ledger_root'
  | 'ledger_entries'
  | 'ledger_entry_form'
  | 'ledger_streams'
  | 'ledger_log_key_trusted'
  | 'ledger_witness_key_trusted'
  /** These two where the folder holds timestamps. */
  | 'ledger_timestamps'
  | 'ledger_timestamp_root_trusted'

/** Codes are stable; `detail` names the place, in no language. */
export type LedgerCheck = {
  readonly code: LedgerCheckCode
  readonly ok: boolean
  readonly detail: string | null
}

export type LedgerVerdict = 'genuine' | 'not_genuine' | 'consistent_unknown_signer' | 'unreadable'

/** A file by its path below the log's prefix, or null where there is none. */
export type ReadFile = (path: string) => Promise<Uint8Array | null>

const KEYS: readonly LedgerCheckCode[] = [
  'ledger_log_key_trusted',
  'ledger_witness_key_trusted',
  'ledger_timestamp_root_trusted',
]

/**
 * `trusted`: keys of logs and witnesses, from elsewhere, as are `roots` of time-stamping authorities. The first place
 * that is wrong is named for each check.
 */
export async function verifyLedgerFolder(
  read: ReadFile,
  trusted: readonly VerifierKey[],
  roots: readonly Certificate[] = []
): Promise<{ verdict: LedgerVerdict; checks: LedgerCheck[]; size: number }> {
  const signed = await checkSignatures(read, trusted)
  if (!signed.checkpoint) return { verdict: 'unreadable', checks: signed.checks, size: 0 }
  const { size, root } = signed.checkpoint
  const stamps = await readTimestamps(read, signed.keys, roots)
  const content = new Content(
    read,
    size,
    stamps?.stamped.map(({ checkpoint }) => checkpoint.size)
  )
  const found = await content.check(root)
  const stamped = stamps ? timestampChecks(stamps, content) : []
  const checks = [...signed.checks, ...found, ...stamped, ...signed.trust]
  return { verdict: verdictOf(checks), checks, size }
}

function timestampChecks(stamps: ReadTimestamps, content: Content): LedgerCheck[] {
  const fault = faultOf(stamps, (size) => content.rootAt(size))
  const detail = fault && `${fault.day} ${fault.why}`
  return [
    { code: 'ledger_timestamps', ok: fault === null, detail },
    { code: 'ledger_timestamp_root_trusted', ok: stamps.unknown === null, detail: stamps.unknown },
  ]
}

function verdictOf(checks: readonly LedgerCheck[]): LedgerVerdict {
  const failed = checks.filter(({ ok }) => !ok)
  if (failed.length === 0) return 'genuine'
  return failed.every(({ code }) => KEYS.includes(code)) ? 'consistent_unknown_signer' : 'not_genuine'
}

/** One pass over bundles and tiles; keeps no more of the log than its streams' heads and one hash in 256. */
class Content {
  readonly #read: ReadFile
  readonly #size: number
  readonly #failed = new Map<LedgerCheckCode, string>()
  /** Roots of full tiles, by level; level 0 stays empty. */
  readonly #nodes: Uint8Array[][] = []
  readonly #streams = new Streams()
  #frontier: Frontier = EMPTY_FRONTIER
  /** By sizes that somebody asks for. */
  readonly #roots: Map<number, Uint8Array | undefined>

  constructor(read: ReadFile, size: number, sizes: readonly number[] = []) {
    this.#read = read
    this.#size = size
    this.#roots = new Map(sizes.map((one) => [one, one === 0 ? rootOf(EMPTY_FRONTIER) : undefined]))
  }

  /** Of the first `size` entries, one of the sizes asked for; undefined when the log does not get there. */
  rootAt(size: number): Uint8Array | undefined {
    return this.#roots.get(size)
  }

  async check(root: Uint8Array): Promise<LedgerCheck[]> {
    for (const tile of tilesOfLevel(this.#size, 0)) await this.#leaves(tile)
    for (let level = 1; widthIn(this.#size, level, 0) > 0; level++)
      for (const tile of tilesOfLevel(this.#size, level)) await this.#upper(tile)
    if (this.#frontier.size !== this.#size || !equalBytes(rootOf(this.#frontier), root))
      this.#fail('ledger_root', `size ${this.#size}`)
    const codes = [
      'ledger_tiles',
      'ledger_root',
      'ledger_entries',
      'ledger_entry_form',
      'ledger_streams',
    ] as const
    return codes.map((code) => ({
      code,
      ok: !this.#failed.has(code),
      detail: this.#failed.get(code) ?? null,
    }))
  }

  async #leaves(tile: Tile): Promise<void> {
    const hashes = await this.#hashes(tile)
    for (const hash of hashes ?? []) this.#append(hash)
    const path = tilePath({ ...tile, level: 'entries' })
    const bytes = await this.#read(path)
    const entries = bytes ? decodeEntries(bytes, tile.width) : undefined
    if (!entries) return this.#fail('ledger_entries', path)
    entries.forEach((entry, i) => this.#entry(entry, tile.index * 256 + i, hashes?.[i]))
  }

  #append(hash: Uint8Array): void {
    this.#frontier = appendLeaf(this.#frontier, hash, (height, node) => {
      if (height % 8 === 0) (this.#nodes[height / 8] ??= []).push(node)
    })
    const { size } = this.#frontier
    if (this.#roots.has(size)) this.#roots.set(size, rootOf(this.#frontier))
  }

  #entry(bytes: Uint8Array, index: number, inTile: Uint8Array | undefined): void {
    const hash = leafHash(bytes)
    if (!inTile || !equalBytes(hash, inTile)) this.#fail('ledger_entries', `index ${index}`)
    const leaf = readLeaf(bytes)
    if (!leaf) return this.#fail('ledger_entry_form', `index ${index}`)
    const broken = this.#streams.next(leaf, toHex(hash))
    if (broken) this.#fail('ledger_streams', `index ${index} ${broken}`)
  }

  async #upper(tile: Tile): Promise<void> {
    const hashes = await this.#hashes(tile)
    const computed = this.#nodes[tile.level as number] ?? []
    const differs = hashes?.findIndex((hash, i) => {
      const node = computed[tile.index * 256 + i]
      return !node || !equalBytes(hash, node)
    })
    if (differs !== undefined && differs >= 0) this.#fail('ledger_tiles', `${tilePath(tile)} hash ${differs}`)
  }

  async #hashes(tile: Tile): Promise<Uint8Array[] | undefined> {
    const path = tilePath(tile)
    const bytes = await this.#read(path)
    const hashes = bytes ? decodeHashes(bytes, tile.width) : undefined
    if (!hashes) this.#fail('ledger_tiles', path)
    return hashes
  }

  #fail(code: LedgerCheckCode, detail: string): void {
    if (!this.#failed.has(code)) this.#failed.set(code, detail)
  }
}
