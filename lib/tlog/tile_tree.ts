/** Roots and proofs from tiles: a handful of tiles instead of every leaf, whoever serves them. */
import {
  consistencyRanges,
  inclusionRanges,
  merkleRoot,
  nodeHash,
  splitOf,
  type LeafRange,
} from '../merkle.ts'
import { TILE_WIDTH, widthIn } from './tiles.ts'
import { sha256 } from '../bytes.ts'

/** The hashes of one tile, `width` of them. Rejects when they can't be had. */
export type ReadTile = (level: number, index: number, width: number) => Promise<readonly Uint8Array[]>

/** The tree of `size` leaves behind a reader; each tile is read once. */
export class TileTree {
  readonly size: number
  readonly #read: ReadTile
  readonly #tiles = new Map<string, Promise<readonly Uint8Array[]>>()

  constructor(size: number, read: ReadTile) {
    this.size = size
    this.#read = read
  }

  async root(): Promise<Uint8Array> {
    return this.size === 0 ? sha256() : this.#hashOf({ start: 0, end: this.size })
  }

  /** RFC 6962, 2.1.1, from the leaf upwards. @throws RangeError when index ≥ size. */
  inclusion(index: number): Promise<Uint8Array[]> {
    return this.#all(inclusionRanges(index, this.size))
  }

  /** RFC 6962, 2.1.2, from the tree of `first` leaves to this one. @throws RangeError when first > size. */
  consistency(first: number): Promise<Uint8Array[]> {
    return this.#all(consistencyRanges(first, this.size))
  }

  leaf(index: number): Promise<Uint8Array> {
    return this.#hashOf({ start: index, end: index + 1 })
  }

  #all(ranges: readonly LeafRange[]): Promise<Uint8Array[]> {
    return Promise.all(ranges.map((range) => this.#hashOf(range)))
  }

  async #hashOf({ start, end }: LeafRange): Promise<Uint8Array> {
    const count = end - start
    const left = count === 1 ? 1 : splitOf(count)
    if (left * 2 === count || count === 1) return this.#perfect(start, count)
    const middle = start + left
    return nodeHash(
      ...(await Promise.all([this.#hashOf({ start, end: middle }), this.#hashOf({ start: middle, end })]))
    )
  }

  /** The root of `count` leaves, a power of two: at most 128 hashes of one tile lie beneath it. */
  async #perfect(start: number, count: number): Promise<Uint8Array> {
    let level = 0
    let span = 1
    for (; span * TILE_WIDTH <= count; span *= TILE_WIDTH) level += 1
    const from = start / span
    const index = Math.floor(from / TILE_WIDTH)
    const hashes = await this.#tile(level, index)
    const first = from - index * TILE_WIDTH
    return merkleRoot(hashes.slice(first, first + count / span))
  }

  #tile(level: number, index: number): Promise<readonly Uint8Array[]> {
    const key = `${level}/${index}`
    const known = this.#tiles.get(key)
    if (known) return known
    const reading = this.#read(level, index, widthIn(this.size, level, index))
    this.#tiles.set(key, reading)
    return reading
  }
}
