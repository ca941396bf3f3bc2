import { concat, sha256, utf8 } from '../../bytes.ts'

/** A stream of uniform numbers that anybody can repeat: xoshiro128**, started from SHA-256 of what it is for. */
export type Seeded = {
  /** Uniform in 0 … bound − 1; bound at most 2³². */
  below(bound: number): number
  /** Uniform in [0, 1), 53 bits. */
  unit(): number
}

export function seeded(...names: readonly string[]): Seeded {
  const hash = sha256(concat(...names.map((name) => utf8(`${name}\n`))))
  const view = new DataView(hash.buffer, hash.byteOffset)
  let [a, b, c, d] = [0, 4, 8, 12].map((at) => view.getUint32(at)) as [number, number, number, number]
  const next = (): number => {
    const scrambled = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotated(d, 11)
    return scrambled
  }
  return {
    below(bound) {
      const limit = 2 ** 32 - (2 ** 32 % bound)
      for (;;) {
        const value = next()
        if (value < limit) return value % bound
      }
    },
    unit: () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53,
  }
}

function rotated(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by))
}

/** Fisher–Yates, in place. */
export function shuffle<T>(list: T[], random: Seeded): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    ;[list[i], list[j]] = [list[j]!, list[i]!]
  }
  return list
}
