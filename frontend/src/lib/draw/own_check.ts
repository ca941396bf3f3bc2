/** Recomputes, from the own leaf alone, that one stood in the committed pool and has this random number. */
import { canonicalJson } from '@shared/canonical_json.ts'
import { fromHex, toHex } from '@shared/bytes.ts'
import { drawInput, drawSeed } from '@shared/draw/entropy.ts'
import { poolLeafHash } from '@shared/draw/pool.ts'
import { rulesHash } from '@shared/draw/rules.ts'
import { identityCommitment } from '@shared/draw/salts.ts'
import { ticketOf } from '@shared/draw/ticket.ts'
import { verifyInclusion } from '@shared/merkle.ts'
import type { OwnDraw } from './types.ts'

export type OwnStep = 'identity' | 'leaf' | 'draw_id' | 'proofs' | 'ticket'

/** In the order in which each builds on the one before; those about the result once there is one. */
export function checkOwn(draw: OwnDraw): { step: OwnStep; ok: boolean; value: string }[] {
  const { leaf, opening, index, size, path, poolRoot, rules, planKey, round, drawId, proofs } = draw.proof
  const identity = identityCommitment(opening)
  const root = fromHex(poolRoot)
  const hash = poolLeafHash(leaf)
  const claim = { index, size, leaf: hash, proof: path.map((part) => fromHex(part)), root }
  const input = drawInput({ planKey, round, rulesHash: rulesHash(rules), poolRoot })
  const steps = [
    { step: 'identity' as const, ok: identity === leaf.identity, value: identity },
    { step: 'leaf' as const, ok: verifyInclusion(claim), value: toHex(hash) },
    { step: 'draw_id' as const, ok: input === drawId, value: input },
  ]
  if (!proofs || !draw.outcome) return steps
  const seed = drawSeed(rules, drawId, proofs)
  const ticket = seed.ok ? toHex(ticketOf(seed.value, round, 0, leaf.id)) : ''
  return [
    ...steps,
    { step: 'proofs' as const, ok: seed.ok, value: canonicalJson(proofs) },
    { step: 'ticket' as const, ok: ticket === draw.outcome.ticket, value: ticket },
  ]
}
