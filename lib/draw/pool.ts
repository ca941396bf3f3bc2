import { toHex, utf8 } from '../bytes.ts'
import { canonicalJson } from '../canonical_json.ts'
import { leafHash, merkleRoot } from '../merkle.ts'
import { compareBytes, compareIds, exactFields, isHash, isIntegerBetween, isText } from './read.ts'
import { drawSaltKey, employerSortKey, identityCommitment, identitySalt, leafSalt } from './salts.ts'
import type { IdentityOpening } from './salts.ts'
import { isCameBy, type CameBy } from './widening.ts'

/** One expert of the library as the match saw them. */
export type Candidate = {
  /** Roster number, as the world knows the expert. */
  readonly id: string
  readonly name: string
  /** The employer's lasting identifier (of the group, where the regulation file says so); never its name. */
  readonly employerId: string
  readonly employerName: string
  /** Code of the specialty under which the expert matches. */
  readonly specialty: string
  /** Why the expert is out, or null for one who can be drawn. */
  readonly excluded: string | null
  /** By which step of a widening they came in; absent for those who match without one. */
  readonly cameBy?: CameBy
}

/** What the pool's root commits to, and all that the evidence shows of an expert. */
export type PoolLeaf = LeafFields &
  ({ readonly v: 1 } | { readonly v: 2; /** Only who came in by a widening. */ readonly cameBy: CameBy })

type LeafFields = {
  readonly id: string
  /** Number of the employer in this draw only, from 1. */
  readonly employer: number
  readonly specialty: string
  /** Reason code of an exclusion; null for the eligible. */
  readonly excluded: string | null
  /** Commitment to name and employer. */
  readonly identity: string
  readonly salt: string
}

export type BuiltPool = { readonly leaves: PoolLeaf[]; readonly openings: IdentityOpening[] }

const LEAF_FIELDS: readonly string[] = ['employer', 'excluded', 'id', 'identity', 'salt', 'specialty', 'v']

/**
 * The pool of a draw in its one order, whatever order the candidates come in.
 * Throws RangeError when a roster number comes twice (an expert under two phones).
 */
export function buildPool(
  candidates: readonly Candidate[],
  draw: { saltKey: Uint8Array; planKey: string; round: number }
): BuiltPool {
  const key = drawSaltKey(draw.saltKey, draw.planKey, draw.round)
  const numbers = employerNumbers(candidates, key)
  const sorted = [...candidates].sort((a, b) => compareIds(a.id, b.id))
  if (sorted.some((candidate, i) => i > 0 && sorted[i - 1]!.id === candidate.id)) {
    throw new RangeError('duplicate_expert')
  }
  const openings = sorted.map(({ id, name, employerName }) => {
    return { id, name, employer: employerName, salt: identitySalt(key, id) }
  })
  const leaves = sorted.map((candidate, i): PoolLeaf => {
    return {
      ...(candidate.cameBy ? { v: 2, cameBy: candidate.cameBy } : { v: 1 }),
      id: candidate.id,
      employer: numbers.get(candidate.employerId)!,
      specialty: candidate.specialty,
      excluded: candidate.excluded,
      identity: identityCommitment(openings[i]!),
      salt: leafSalt(key, candidate.id),
    }
  })
  return { leaves, openings }
}

export function poolLeafHash(leaf: PoolLeaf): Uint8Array {
  return leafHash(utf8(canonicalJson(leaf)))
}

/** Root of the Merkle tree over all leaves, eligible and excluded, in the order of `buildPool`. */
export function poolRoot(leaves: readonly PoolLeaf[]): string {
  return toHex(merkleRoot(leaves.map(poolLeafHash)))
}

export function readLeaf(value: unknown): PoolLeaf | undefined {
  const came = (value as Partial<PoolLeaf> | null)?.v === 2
  const leaf = exactFields(value, came ? [...LEAF_FIELDS, 'cameBy'] : LEAF_FIELDS)
  if (!leaf || (came ? !isCameBy(leaf.cameBy) : leaf.v !== 1)) return undefined
  if (!isText(leaf.id) || !isText(leaf.specialty)) return undefined
  if (!isIntegerBetween(leaf.employer, 1, 1_000_000)) return undefined
  if (leaf.excluded !== null && !isText(leaf.excluded)) return undefined
  return isHash(leaf.identity) && isHash(leaf.salt) ? (value as PoolLeaf) : undefined
}

/** Ascending by id, each id once: the only order a root is taken over. */
export function isPoolOrder(leaves: readonly PoolLeaf[]): boolean {
  return leaves.every((leaf, i) => i === 0 || compareIds(leaves[i - 1]!.id, leaf.id) < 0)
}

function employerNumbers(candidates: readonly Candidate[], key: Uint8Array): Map<string, number> {
  const employers = [...new Set(candidates.map((candidate) => candidate.employerId))]
    .map((employer) => ({ employer, sort: employerSortKey(key, employer) }))
    .sort((a, b) => compareBytes(a.sort, b.sort))
  return new Map(employers.map(({ employer }, i) => [employer, i + 1]))
}
