import { toHex } from '../bytes.ts'
import { fail, ok, type Result } from '../result.ts'
import { chancesOf, type Chances, type ChancesError } from './chances.ts'
import { drawInput, drawSeed, type EntropyError, type Proofs } from './entropy.ts'
import { poolRoot, type PoolLeaf } from './pool.ts'
import { exactText, pinned, buildRuler, type ExactText, type Ruler } from './ruler.ts'
import { rulesHash, type DrawRules } from './rules.ts'
import { byTicket } from './ticket.ts'

/** One of the ten, or a replacement. */
export type Seat = {
  /** 1 … 10 by ascending ticket; replacement n sits on seat 10 + n. */
  readonly seat: number
  /** The pin on the ruler, 1 … 10; null for a replacement. */
  readonly pin: number | null
  readonly id: string
  readonly employer: number
  readonly specialty: string
  /** Hex of 32 bytes. */
  readonly ticket: string
}

export type DrawResult = {
  readonly cap: number
  readonly free: ExactText
  readonly denominator: string
  /** First pin, in steps of 1 / denominator. */
  readonly offset: string
  readonly possibleSets: string
  readonly seats: readonly Seat[]
}

export type FrozenDraw = {
  readonly planKey: string
  readonly round: number
  readonly rules: DrawRules
  readonly leaves: readonly PoolLeaf[]
}

export type PreparedDraw = {
  /** The input both parties evaluate, which also names the draw. */
  readonly drawId: string
  readonly rulesHash: string
  readonly poolRoot: string
  readonly chances: Chances
}

export type CompletedDraw = {
  readonly prepared: PreparedDraw
  readonly ruler: Ruler
  readonly result: DrawResult
}

/** Freezes a draw: checks that it is feasible and gives what the ledger's commit entry records. */
export function prepareDraw(draw: FrozenDraw): Result<PreparedDraw, ChancesError> {
  const chances = chancesOf(draw.leaves, draw.rules.maxPerEmployer)
  if (!chances.ok) return chances
  const fixed = { rulesHash: rulesHash(draw.rules), poolRoot: poolRoot(draw.leaves) }
  const drawId = drawInput({ planKey: draw.planKey, round: draw.round, ...fixed })
  return ok({ drawId, ...fixed, chances: chances.value })
}

/** Rule DRAW-1: the ten, once both parties have evaluated `drawId`. */
export function performDraw(
  draw: FrozenDraw,
  proofs: Proofs
): Result<CompletedDraw, ChancesError | EntropyError> {
  const prepared = prepareDraw(draw)
  return prepared.ok ? completeDraw(draw, prepared.value, proofs) : prepared
}

/** As `performDraw`, for a caller that still holds what `prepareDraw` gave for this very draw. */
export function completeDraw(
  draw: FrozenDraw,
  prepared: PreparedDraw,
  proofs: Proofs
): Result<CompletedDraw, EntropyError> {
  const seed = drawSeed(draw.rules, prepared.drawId, proofs)
  if (!seed.ok) return fail(seed.error)
  const ruler = buildRuler(draw.leaves, prepared.chances, seed.value, draw.round)
  return ok({ prepared, ruler, result: resultOf(draw.leaves, prepared.chances, ruler) })
}

function resultOf(leaves: readonly PoolLeaf[], chances: Chances, ruler: Ruler): DrawResult {
  const specialties = new Map(leaves.map((leaf) => [leaf.id, leaf.specialty]))
  const seats = pinned(ruler)
    .map((segment, i) => ({ ...segment, pin: i + 1 }))
    .sort(byTicket)
    .map(({ id, employer, ticket, pin }, i): Seat => {
      return { seat: i + 1, pin, id, employer, specialty: specialties.get(id)!, ticket: toHex(ticket) }
    })
  return {
    cap: chances.cap,
    free: exactText(chances.free),
    denominator: String(chances.denominator),
    offset: String(ruler.offset),
    possibleSets: String(chances.possibleSets),
    seats,
  }
}
