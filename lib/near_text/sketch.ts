/**
 * A sketch by min-wise hashing (Broder 1997): a few hundred bytes from which the likeness of two long texts can
 * be estimated, and by whose bands likely pairs are found in an index without comparing all with all.
 */

/** Hashes of a sketch; the estimate of a likeness j is off by about √(j(1−j)/128). */
export const SKETCH = 128
/** Hashes of one band: two texts with likeness j share at least one of the 64 bands with 1 − (1 − j²)^64. */
const BAND = 2
export const BANDS = SKETCH / BAND

/** Multipliers and offsets of the hash functions: fixed, since sketches are kept and compared later. */
const FUNCTIONS = Array.from({ length: SKETCH }, (_, index) => {
  const multiplier = Math.imul(index + 1, 0x9e3779b1) | 1
  return { multiplier, offset: Math.imul(index + 1, 0x85ebca77) }
})

/** The least value of each hash function over a set, as unsigned 32-bit numbers. An empty set gives the greatest. */
export function sketchOf(shingles: ReadonlySet<number>): number[] {
  const least = new Uint32Array(SKETCH).fill(0xffffffff)
  for (const one of shingles) {
    for (let index = 0; index < SKETCH; index++) {
      const { multiplier, offset } = FUNCTIONS[index]!
      let hash = Math.imul(one, multiplier) + offset
      hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d) >>> 0
      if (hash < least[index]!) least[index] = hash
    }
  }
  return [...least]
}

/** Keys under which a sketch is found, one a band, as signed 32-bit numbers. */
export function bandsOf(sketch: readonly number[]): number[] {
  return Array.from({ length: BANDS }, (_, band) => {
    const [first, second] = sketch.slice(band * BAND, band * BAND + BAND)
    return Math.imul(first! ^ (first! >>> 13), 0x5bd1e995) ^ Math.imul(second!, 0x1b873593)
  })
}

/** What part of the smaller of two texts is in the other, as their sketches and sizes tell, 0 … 1. */
export function estimatedContainment(
  a: { readonly sketch: readonly number[]; readonly shingles: number },
  b: { readonly sketch: readonly number[]; readonly shingles: number }
): number {
  if (a.shingles === 0 || b.shingles === 0) return 0
  const equal = a.sketch.filter((hash, index) => hash === b.sketch[index]).length
  const likeness = equal / SKETCH
  const common = (likeness * (a.shingles + b.shingles)) / (1 + likeness)
  return Math.min(1, common / Math.min(a.shingles, b.shingles))
}
