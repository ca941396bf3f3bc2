import { toHex } from '../bytes.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Seat } from './draw.ts'
import { replacementInput, replacementSeed, type EntropyError, type Proofs } from './entropy.ts'
import { DRAW_SIZE, MAX_REPLACEMENTS } from './labels.ts'
import type { PoolLeaf } from './pool.ts'
import { keepsQuotas } from './quotas.ts'
import type { DrawRules } from './rules.ts'
import { byTicket, ticketOf } from './ticket.ts'

/** A draw as it stands: who was ever drawn, and which seats are still held. */
export type DrawState = {
  readonly drawId: string
  readonly round: number
  readonly rules: DrawRules
  readonly leaves: readonly PoolLeaf[]
  readonly cap: number
  /** The ten and all replacements so far, by seat number. */
  readonly seats: readonly Seat[]
  /** Seats given up. */
  readonly left: ReadonlySet<number>
}

export type ReplacementError =
  | { code: 'seat_not_held'; seat: number }
  | { code: 'replacements_exhausted'; limit: number }
  | { code: 'no_replacement'; specialty: string; sameSpecialty: number; anySpecialty: number }

export type PreparedReplacement = {
  /** What both parties evaluate. */
  readonly input: string
  /** Counts everyone who left, from 1, whether or not somebody came for them. */
  readonly number: number
  readonly leaver: Seat
  /** Those who can come, each with the same chance. */
  readonly candidates: readonly PoolLeaf[]
  /** True when nobody of the leaver's specialty was left and the rules let others in. */
  readonly widened: boolean
}

/** Who may come for the holder of a seat, before anybody knows the entropy. */
export function prepareReplacement(
  state: DrawState,
  seat: number
): Result<PreparedReplacement, ReplacementError> {
  const leaver = state.seats.find((held) => held.seat === seat)
  if (!leaver || state.left.has(seat)) return fail({ code: 'seat_not_held', seat })
  const number = state.left.size + 1
  if (number > MAX_REPLACEMENTS) return fail({ code: 'replacements_exhausted', limit: MAX_REPLACEMENTS })
  const any = fitting(state, seat)
  const same = any.filter((leaf) => leaf.specialty === leaver.specialty)
  const others = any.filter((leaf) => keepsQuotas(specialtiesWith(state, seat, leaf), state.rules.quotas))
  const widened = same.length === 0 && state.rules.replacementSpecialty === 'keep_then_any'
  const candidates = widened ? others : same
  if (candidates.length === 0) {
    return fail({
      code: 'no_replacement',
      specialty: leaver.specialty,
      sameSpecialty: same.length,
      anySpecialty: others.length,
    })
  }
  const input = replacementInput({ drawId: state.drawId, seat, number, leaver: leaver.id })
  return ok({ input, number, leaver, candidates, widened })
}

/**
 * Rule DRAW-7: the candidate with the smallest ticket under the replacement's own seed. With one place to
 * fill, an equal chance for each who may come is the leximin one.
 */
export function performReplacement(
  state: DrawState,
  seat: number,
  proofs: Proofs
): Result<
  { prepared: PreparedReplacement; replacement: Seat; state: DrawState },
  ReplacementError | EntropyError
> {
  const prepared = prepareReplacement(state, seat)
  if (!prepared.ok) return prepared
  const { number, input, candidates } = prepared.value
  const seed = replacementSeed(state.rules, input, proofs)
  if (!seed.ok) return fail(seed.error)
  const [first] = candidates
    .map((leaf) => ({ ...leaf, ticket: ticketOf(seed.value, state.round, number, leaf.id) }))
    .sort(byTicket)
  const replacement: Seat = {
    seat: DRAW_SIZE + number,
    pin: null,
    id: first!.id,
    employer: first!.employer,
    specialty: first!.specialty,
    ticket: toHex(first!.ticket),
  }
  const next = {
    ...state,
    seats: [...state.seats, replacement],
    left: new Set([...state.left, seat]),
  }
  return ok({ prepared: prepared.value, replacement, state: next })
}

/** Eligible, never drawn before, and within the cap beside the other seats still held. */
function fitting(state: DrawState, seat: number): PoolLeaf[] {
  const drawn = new Set(state.seats.map(({ id }) => id))
  const held = new Map<number, number>()
  for (const other of state.seats) {
    if (other.seat === seat || state.left.has(other.seat)) continue
    held.set(other.employer, (held.get(other.employer) ?? 0) + 1)
  }
  return state.leaves.filter((leaf) => {
    return leaf.excluded === null && !drawn.has(leaf.id) && (held.get(leaf.employer) ?? 0) < state.cap
  })
}

/** Specialties of the seats held once this expert has come for the holder of the seat. */
function specialtiesWith(state: DrawState, seat: number, leaf: PoolLeaf): string[] {
  const held = state.seats.filter((other) => other.seat !== seat && !state.left.has(other.seat))
  return [...held.map(({ specialty }) => specialty), leaf.specialty]
}

/** A seat given up without anybody coming, where the rules allow no replacement. */
export function vacate(state: DrawState, seat: number): DrawState {
  return { ...state, left: new Set([...state.left, seat]) }
}
