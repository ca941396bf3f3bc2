/** Characters of one shingle: some five words of Chinese, so that a shared phrase is none and a shared sentence is several. */
export const SHINGLE = 8

const FNV_BASIS = 0x811c9dc5
const FNV_PRIME = 0x01000193

/**
 * What is left of a text when its layout is taken away: letters and digits, one width, lower case. Line and
 * page breaks, spaces, punctuation and the program that wrote it make no difference.
 */
export function bareText(lines: readonly string[]): string {
  return lines
    .join('')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** Hashes (32 bits, unsigned) of all runs of `SHINGLE` code units of a bare text, each once. */
export function shinglesOf(bare: string): Set<number> {
  const found = new Set<number>()
  for (let at = 0; at + SHINGLE <= bare.length; at++) {
    let hash = FNV_BASIS
    for (let i = at; i < at + SHINGLE; i++) hash = Math.imul(hash ^ bare.charCodeAt(i), FNV_PRIME)
    // The last step of FNV leaves neighbours near; one more round spreads them.
    hash ^= hash >>> 15
    found.add(Math.imul(hash, 0x2c1b3c6d) >>> 0)
  }
  return found
}

/** How many of the smaller set are in the other, 0 … 1: padding and cutting don't lower it. 0 for an empty set. */
export function containment(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  if (small.size === 0) return 0
  let common = 0
  for (const one of small) if (large.has(one)) common += 1
  return common / small.size
}
