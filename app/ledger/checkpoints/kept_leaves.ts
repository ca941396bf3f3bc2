/** Leaf hashes of the signed log, 32 bytes each, kept apart from the database: they tell which entry is another one. */
import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { toHex } from '#lib/bytes'
import { merkleRoot, rootOf, type Frontier } from '#lib/merkle'

const BYTES = 32

/**
 * Nothing here is believed by itself: what does not lead to the root that was signed last is as good as not there.
 * Written once the head is, so that a crash leaves it behind, never ahead.
 */
export class KeptLeaves {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  get count(): number {
    return existsSync(this.#path) ? Math.floor(statSync(this.#path).size / BYTES) : 0
  }

  /** Durable when it returns. `from`: index of the first of them. */
  write(from: number, hashes: readonly Uint8Array[]): void {
    if (hashes.length === 0) return
    const file = openSync(this.#path, existsSync(this.#path) ? 'r+' : 'wx+', 0o600)
    try {
      const bytes = Buffer.concat(hashes)
      for (let written = 0; written < bytes.length;)
        written += writeSync(file, bytes, written, bytes.length - written, from * BYTES + written)
      fdatasyncSync(file)
    } finally {
      closeSync(file)
    }
  }

  /** The first `count`, or as many as there are. */
  read(count: number): Uint8Array[] {
    if (!existsSync(this.#path)) return []
    const bytes = readFileSync(this.#path)
    const whole = Math.min(count, Math.floor(bytes.length / BYTES))
    return Array.from({ length: whole }, (_, i) => bytes.subarray(i * BYTES, (i + 1) * BYTES))
  }

  /** The leaves that lead to a signed head; null when these do not. */
  of(signed: Frontier): readonly Uint8Array[] | null {
    const leaves = this.read(signed.size)
    return leadTo(leaves, signed) ? leaves : null
  }
}

export function leadTo(leaves: readonly Uint8Array[], signed: Frontier): boolean {
  return leaves.length === signed.size && toHex(merkleRoot(leaves)) === toHex(rootOf(signed))
}
