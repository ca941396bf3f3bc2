/**
 * The Merkle tree of RFC 6962 section 2.1 and RFC 9162 section 2.1: leaves and nodes hashed under
 * different prefixes, no leaf ever duplicated. Sizes and indexes are safe integers, counted from 0.
 */
import { equalBytes, fromHex, sha256, sha256OfText, toHex } from './bytes.ts'

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** Leaves `start` … `end − 1`, which is a whole node of the tree. */
export type LeafRange = { readonly start: number; readonly end: number }

/**
 * The roots of the perfect subtrees of a tree, largest first, as hex: all that is needed to append.
 * `nodes.length` is the number of one bits in `size`.
 */
export type Frontier = { readonly size: number; readonly nodes: readonly string[] }

export const EMPTY_FRONTIER: Frontier = { size: 0, nodes: [] }

export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(LEAF, entry)
}

/** As `leafHash` of an entry that is text, hex. */
export function leafHashOfText(entry: string): string {
  return sha256OfText(`\u0000${entry}`)
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(NODE, left, right)
}

/** Root over leaf hashes (not over entries); of none it is the hash of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  return leaves.length === 0 ? sha256() : rangeRoot(leaves, { start: 0, end: leaves.length })
}

/** The nodes of an inclusion proof, from the leaf upwards; a log reads them from its tiles. */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  if (!isSize(index) || !isSize(size) || index >= size) throw new RangeError('index_outside_tree')
  const ranges: LeafRange[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    const inLeft = index < middle
    ranges.unshift(inLeft ? { start: middle, end } : { start, end: middle })
    if (inLeft) end = middle
    else start = middle
  }
  return ranges
}

/** The nodes of a consistency proof between two sizes of one log; none when they are equal or the first is 0. */
export function consistencyRanges(first: number, second: number): LeafRange[] {
  if (!isSize(first) || !isSize(second) || first > second) throw new RangeError('sizes_out_of_order')
  if (first === 0 || first === second) return []
  const ranges: LeafRange[] = []
  let start = 0
  let end = second
  while (first !== end) {
    const middle = start + splitOf(end - start)
    if (first <= middle) {
      ranges.unshift({ start: middle, end })
      end = middle
    } else {
      ranges.unshift({ start, end: middle })
      start = middle
    }
  }
  // A verifier holds the old root already, so it is left out where it is itself a node of the new tree.
  return start === 0 ? ranges : [{ start, end }, ...ranges]
}

export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  return inclusionRanges(index, leaves.length).map((range) => rangeRoot(leaves, range))
}

export function consistencyProof(leaves: readonly Uint8Array[], first: number): Uint8Array[] {
  return consistencyRanges(first, leaves.length).map((range) => rangeRoot(leaves, range))
}

/** RFC 9162 section 2.1.3.2. False for a wrong root, a proof too long or too short, and an index outside. */
export function verifyInclusion(claim: {
  index: number
  size: number
  leaf: Uint8Array
  proof: readonly Uint8Array[]
  root: Uint8Array
}): boolean {
  const { index, size, proof, root } = claim
  if (!isSize(index) || !isSize(size) || index >= size || !allHashes([claim.leaf, root, ...proof]))
    return false
  let node = index
  let last = size - 1
  let hash = claim.leaf
  for (const sibling of proof) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      hash = nodeHash(sibling, hash)
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else {
      hash = nodeHash(hash, sibling)
    }
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && equalBytes(hash, root)
}

/** RFC 9162 section 2.1.4.2. An empty tree is a prefix of every tree; equal sizes need equal roots. */
export function verifyConsistency(claim: {
  first: number
  second: number
  firstRoot: Uint8Array
  secondRoot: Uint8Array
  proof: readonly Uint8Array[]
}): boolean {
  const { first, second, firstRoot, secondRoot, proof } = claim
  if (!isSize(first) || !isSize(second) || first > second) return false
  if (!allHashes([firstRoot, secondRoot, ...proof])) return false
  if (first === 0) return proof.length === 0 && equalBytes(firstRoot, sha256())
  if (first === second) return proof.length === 0 && equalBytes(firstRoot, secondRoot)
  const path = isPowerOfTwo(first) ? [firstRoot, ...proof] : proof
  const [seed, ...siblings] = path
  if (seed === undefined) return false
  let node = first - 1
  let last = second - 1
  while (isOdd(node)) [node, last] = [half(node), half(last)]
  let older = seed
  let newer = seed
  for (const sibling of siblings) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      older = nodeHash(sibling, older)
      newer = nodeHash(sibling, newer)
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else {
      newer = nodeHash(newer, sibling)
    }
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && equalBytes(older, firstRoot) && equalBytes(newer, secondRoot)
}

/**
 * The frontier with one leaf more; at most as many hashes as the size has bits. `completed` is told of each
 * perfect subtree that the leaf completes, of 2 ** height leaves.
 */
export function appendLeaf(
  frontier: Frontier,
  leaf: Uint8Array,
  completed?: (height: number, hash: Uint8Array) => void
): Frontier {
  const nodes = [...frontier.nodes]
  let hash = leaf
  let height = 0
  for (let rest = frontier.size; isOdd(rest); rest = half(rest)) {
    hash = nodeHash(fromHex(nodes.pop()!), hash)
    completed?.((height += 1), hash)
  }
  nodes.push(toHex(hash))
  return { size: frontier.size + 1, nodes }
}

export function rootOf(frontier: Frontier): Uint8Array {
  const nodes = frontier.nodes.map(fromHex)
  const last = nodes.pop()
  return last === undefined ? sha256() : nodes.reduceRight((right, left) => nodeHash(left, right), last)
}

/** Hash of the node that covers a range of leaves. */
export function rangeRoot(leaves: readonly Uint8Array[], { start, end }: LeafRange): Uint8Array {
  if (end - start === 1) return leaves[start]!
  const middle = start + splitOf(end - start)
  return nodeHash(rangeRoot(leaves, { start, end: middle }), rangeRoot(leaves, { start: middle, end }))
}

/** The largest power of two below `count` (RFC 6962 section 2.1). */
export function splitOf(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

// Shifts work on 32 bits only, and a log may pass 2^31 entries.
function half(value: number): number {
  return Math.floor(value / 2)
}

function isOdd(value: number): boolean {
  return value % 2 === 1
}

function isPowerOfTwo(value: number): boolean {
  return splitOf(value + 1) === value
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function allHashes(values: readonly Uint8Array[]): boolean {
  return values.every((value) => value.length === 32)
}
