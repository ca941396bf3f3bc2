import { CLOSING_TYPE, type Leaf } from './leaf.ts'

export type StreamBreak =
  /** An entry of the stream is missing before this one, or it stands twice. */
  | 'stream_sequence'
  /** The entry before it in the stream is not the one it names. */
  | 'stream_previous'
  /** It comes after the entry that closed its stream. */
  | 'stream_after_close'

export const FIRST_PREV = '0'.repeat(64)

/** Of each stream its name, the number and leaf hash of its last entry, and whether that closed it. */
export type StreamHeads = readonly (readonly [stream: string, seq: number, hash: string, closed: boolean])[]

/** Follows every stream of a log, entry by entry in the order of the log. */
export class Streams {
  readonly #heads: Map<string, { seq: number; hash: string; closed: boolean }>

  /** `heads`: where they stood when the log was left. */
  constructor(heads: StreamHeads = []) {
    this.#heads = new Map(heads.map(([stream, seq, hash, closed]) => [stream, { seq, hash, closed }]))
  }

  /** `hash`: the leaf's own, hex. Null when the entry goes on from the last one of its stream. */
  next({ stream, seq, prev, type }: Leaf, hash: string): StreamBreak | null {
    const head = this.#heads.get(stream)
    if (head?.closed) return 'stream_after_close'
    if (seq !== (head ? head.seq + 1 : 0)) return 'stream_sequence'
    if (prev !== (head?.hash ?? FIRST_PREV)) return 'stream_previous'
    this.#heads.set(stream, { seq, hash, closed: type === CLOSING_TYPE })
    return null
  }

  /** How many entries a stream has. */
  count(stream: string): number {
    return (this.#heads.get(stream)?.seq ?? -1) + 1
  }

  heads(): StreamHeads {
    return [...this.#heads].map(([stream, { seq, hash, closed }]) => [stream, seq, hash, closed] as const)
  }
}
