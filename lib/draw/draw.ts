import { toHex } from '../bytes.ts'
import { fail, ok, type Result } from '../result.ts'
import { chancesOf, type CapChances, type Chances, type ChancesError, type QuotaChances } from './chances.ts'
import { drawInput, drawSeed, type EntropyError, type Proofs } from './entropy.ts'
import { poolRoot, type PoolLeaf } from './pool.ts'
import type { Cell } from './pool_shape.ts'
import { drawByRounding } from './rounded_draw.ts'
import type { RoundingStep } from './rounding.ts'
import { exactText, pinned, buildRuler, type ExactText, type Ruler } from './ruler.ts'
import { rulesHash, type DrawRules } from './rules.ts'
import { byTicket } from './ticket.ts'

/** One of the ten, or a replacement. */
export type Seat = {
  /** 1 … 10 by ascending ticket; replacement n sits on seat 10 + n. */
  readonly seat: number
  /** The pin on the ruler, 1 … 10; null with quotas and for a replacement. */
  readonly pin: number | null
  readonly id: string
  readonly employer: number
  readonly specialty: string
  /** Hex of 32 bytes. */
  readonly ticket: string
}

/** Where caps alone decide, pins on a ruler draw; with quotas, rounding steps. */
export type DrawResult = CapsResult | QuotasResult

type AnyResult = {
  readonly cap: number
  readonly denominator: string
  readonly possibleSets: string
  readonly seats: readonly Seat[]
}

export type CapsResult = AnyResult & {
  readonly free: ExactText
  /** First pin, in steps of 1 / denominator. */
  readonly offset: string
}

export type QuotasResult = AnyResult & {
  readonly cells: readonly DrawnCell[]
  readonly steps: readonly RoundingStep[]
}

/** Experts of one employer and one specialty: the chance of each, and how many of them were drawn. */
export type DrawnCell = Cell & { readonly chance: ExactText; readonly drawn: number }

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
  /** Null with quotas. */
  readonly ruler: Ruler | null
  readonly result: DrawResult
}

/** Freezes a draw: checks that it is feasible and gives what the ledger's commit entry records. */
export function prepareDraw(draw: FrozenDraw): Result<PreparedDraw, ChancesError> {
  const chances = chancesOf(draw.leaves, draw.rules)
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
  const { chances } = prepared
  if (chances.by === 'cell') {
    return ok({ prepared, ruler: null, result: roundedResult(draw, chances, seed.value) })
  }
  const ruler = buildRuler(draw.leaves, chances, seed.value, draw.round)
  return ok({ prepared, ruler, result: pinnedResult(draw.leaves, chances, ruler) })
}

function pinnedResult(leaves: readonly PoolLeaf[], chances: CapChances, ruler: Ruler): CapsResult {
  const specialties = new Map(leaves.map((leaf) => [leaf.id, leaf.specialty]))
  const drawn = pinned(ruler).map((segment, i) => {
    return { ...segment, specialty: specialties.get(segment.id)!, pin: i + 1 }
  })
  return {
    cap: chances.cap,
    free: exactText(chances.free),
    denominator: String(chances.denominator),
    offset: String(ruler.offset),
    possibleSets: String(chances.possibleSets),
    seats: seatsOf(drawn),
  }
}

function roundedResult(draw: FrozenDraw, chances: QuotaChances, seed: Uint8Array): QuotasResult {
  const { steps, counts, drawn } = drawByRounding(draw.leaves, chances, seed, draw.round)
  return {
    cap: chances.cap,
    cells: chances.cells.map((cell, i) => ({ ...cell, chance: exactText(cell.chance), drawn: counts[i]! })),
    denominator: String(chances.denominator),
    possibleSets: String(chances.possibleSets),
    seats: seatsOf(drawn.map((expert) => ({ ...expert, pin: null }))),
    steps,
  }
}

type Drawn = Pick<Seat, 'id' | 'employer' | 'specialty' | 'pin'> & { readonly ticket: Uint8Array }

function seatsOf(drawn: readonly Drawn[]): Seat[] {
  return [...drawn].sort(byTicket).map(({ id, employer, specialty, pin, ticket }, i) => {
    return { seat: i + 1, pin, id, employer, specialty, ticket: toHex(ticket) }
  })
}
