import { fromHex, sha256, toHex, utf8 } from '../bytes.ts'
import { canonicalJson } from '../canonical_json.ts'
import { verifyInclusion } from '../merkle.ts'
import { drawInput, drawSeed, type Proofs } from './entropy.ts'
import { poolLeafHash, type PoolLeaf } from './pool.ts'
import { rulesHash, type DrawRules } from './rules.ts'
import { identityCommitment, type IdentityOpening } from './salts.ts'
import { ticketOf } from './ticket.ts'

/** What the committed pool says of one expert, with all that it takes to recompute it without anybody else's leaf. */
export type OwnProof = {
  readonly leaf: PoolLeaf
  readonly opening: IdentityOpening
  readonly index: number
  readonly size: number
  /** Siblings from the leaf to the root, hex of 32 bytes each. */
  readonly path: readonly string[]
  readonly poolRoot: string
  readonly rules: DrawRules
  readonly planKey: string
  readonly round: number
  readonly drawId: string
  /** Null until the meeting has ended. */
  readonly proofs: Proofs | null
}

/** Of each step, the hash that it is about. */
export type OwnStep = 'identity' | 'leaf' | 'draw_id' | 'proofs' | 'ticket'

/**
 * Rule DRAW-9: that somebody stood in the pool that was committed, as what is said, and has this random number. Steps
 * build on one another; those about the number are there once `ticket` is.
 */
export function checkOwnPlace(
  own: OwnProof,
  ticket: string | null
): { step: OwnStep; ok: boolean; value: string }[] {
  const { leaf, opening, index, size, poolRoot, rules, planKey, round, drawId, proofs } = own
  const identity = identityCommitment(opening)
  const hash = poolLeafHash(leaf)
  const proof = own.path.map((part) => fromHex(part))
  const inPool = verifyInclusion({ index, size, leaf: hash, proof, root: fromHex(poolRoot) })
  const input = drawInput({ planKey, round, rulesHash: rulesHash(rules), poolRoot })
  const steps = [
    { step: 'identity' as const, ok: identity === leaf.identity, value: identity },
    { step: 'leaf' as const, ok: inPool, value: toHex(hash) },
    { step: 'draw_id' as const, ok: input === drawId, value: input },
  ]
  if (!proofs || ticket === null) return steps
  const seed = drawSeed(rules, drawId, proofs)
  const again = seed.ok ? toHex(ticketOf(seed.value, round, 0, leaf.id)) : ''
  return [
    ...steps,
    { step: 'proofs' as const, ok: seed.ok, value: toHex(sha256(utf8(canonicalJson(proofs)))) },
    { step: 'ticket' as const, ok: again === ticket, value: again },
  ]
}
