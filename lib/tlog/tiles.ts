/** Names and contents of tiles (C2SP tlog-tiles): 256 hashes each, eight levels of the tree at a time. */
import { concat, EncodingError, u16be } from '../bytes.ts'

export const TILE_WIDTH = 256
/** What the length in front of an entry can say. */
export const MAX_ENTRY_BYTES = 65_535
const HASH_BYTES = 32
/** 256 ** 6 is 2 ** 48; a level above would need more entries than a safe integer counts. */
const MAX_LEVEL = 6

/** `level` 0 holds leaf hashes; each hash of a higher one is the root of a full tile below. 1 … 256 wide. */
export type Tile = {
  readonly level: number | 'entries'
  readonly index: number
  readonly width: number
}

/** `tile/<level>/<index>[.p/<width>]`, the index in threes: 1234067 is x001/x234/067. */
export function tilePath({ level, index, width }: Tile): string {
  const groups: string[] = []
  for (let rest = index; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1000)) {
    const group = String(rest % 1000).padStart(3, '0')
    groups.unshift(groups.length === 0 ? group : `x${group}`)
  }
  const partial = width === TILE_WIDTH ? '' : `.p/${width}`
  return `tile/${level}/${groups.join('/')}${partial}`
}

/** Reads exactly what `tilePath` writes; undefined for every other spelling. */
export function parseTilePath(path: string): Tile | undefined {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path)
  if (!match) return undefined
  const [, level, groups, partial] = match
  const tile = {
    level: level === 'entries' ? ('entries' as const) : Number(level),
    index: Number(groups!.replace(/[x/]/g, '')),
    width: partial === undefined ? TILE_WIDTH : Number(partial),
  }
  const valid = Number.isSafeInteger(tile.index) && tile.width >= 1 && tilePath(tile) === path
  return valid && (tile.level === 'entries' || tile.level <= 63) ? tile : undefined
}

/** How many hashes a tile has in the tree of `size` leaves; 0 when it has no such tile. */
export function widthIn(size: number, level: number | 'entries', index: number): number {
  const height = level === 'entries' ? 0 : level
  if (height > MAX_LEVEL) return 0
  const hashes = Math.floor(size / TILE_WIDTH ** height)
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH))
}

/** Every tile of the tree of `size` leaves, bundles of entries included, level by level. */
export function* tilesOf(size: number): Generator<Tile> {
  yield* tilesOfLevel(size, 'entries')
  for (let level = 0; widthIn(size, level, 0) > 0; level++) yield* tilesOfLevel(size, level)
}

export function* tilesOfLevel(size: number, level: number | 'entries'): Generator<Tile> {
  for (let index = 0, width; (width = widthIn(size, level, index)) > 0; index++) yield { level, index, width }
}

export function encodeHashes(hashes: readonly Uint8Array[]): Uint8Array {
  return concat(...hashes)
}

/** Undefined unless the bytes are exactly `width` hashes. */
export function decodeHashes(bytes: Uint8Array, width: number): Uint8Array[] | undefined {
  if (bytes.length !== width * HASH_BYTES) return undefined
  return Array.from({ length: width }, (_, i) => bytes.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES))
}

/** Entries one after the other, each behind its length in two bytes. @throws EncodingError for one too long. */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.some((entry) => entry.length > MAX_ENTRY_BYTES)) throw new EncodingError('entry_too_long')
  return concat(...entries.flatMap((entry) => [u16be(entry.length), entry]))
}

/** Undefined unless the bytes are exactly `count` entries. */
export function decodeEntries(bytes: Uint8Array, count: number): Uint8Array[] | undefined {
  const entries: Uint8Array[] = []
  let at = 0
  while (at + 2 <= bytes.length) {
    const end = at + 2 + bytes[at]! * 256 + bytes[at + 1]!
    if (end > bytes.length) return undefined
    entries.push(bytes.slice(at + 2, end))
    at = end
  }
  return at === bytes.length && entries.length === count ? entries : undefined
}
