import { isHex } from '../bytes.ts'
import type { DrawResult, Seat } from './draw.ts'
import { isBeaconValue } from './beacon.ts'
import type { Proofs } from './entropy.ts'
import { isOpenedPlace, type OpenedPlace } from './ledger_place.ts'
import { isPlanIdentity, type PlanIdentity } from './plan_key.ts'
import type { PoolLeaf } from './pool.ts'
import { exactFields, isHash, isIntegerBetween, isText, type Fields } from './read.ts'
import type { DrawRules } from './rules.ts'
import type { IdentityOpening } from './salts.ts'

export const EVIDENCE_FORMAT = 'lunzheng-draw-evidence/1'

/** Everything that recomputes a draw. It is written as canonical JSON. */
export type DrawEvidence = {
  readonly format: typeof EVIDENCE_FORMAT
  /** The opened inputs of the plan key, as `normalPlanIdentity` gives them. */
  readonly plan: PlanIdentity
  readonly planKey: string
  readonly rules: DrawRules
  readonly rulesHash: string
  readonly pool: readonly PoolLeaf[]
  readonly poolRoot: string
  readonly drawId: string
  readonly proofs: Proofs
  /** Where the ledger holds the entry that froze the draw, opened. */
  readonly commit: OpenedPlace
  /** There in a round above the first: where the ledger holds that the one before ended in 不通过, opened. */
  readonly roundBefore?: OpenedPlace
  /** Where the ledger holds which round of the beacon is awaited, opened; there where `proofs.beacon` is. */
  readonly awaited?: OpenedPlace
  readonly result: DrawResult
  /** Seats of the default panel among the ten, or null when no valid one exists. */
  readonly defaultPanel: readonly number[] | null
  /** Seats given up, in the order of their ledger entries. */
  readonly departures: readonly Departure[]
  /** Names and employers, empty until the meeting has ended. */
  readonly openings: readonly IdentityOpening[]
}

export type Departure = {
  readonly seat: number
  /** Roster number of who left. */
  readonly leaver: string
  /** Where the ledger holds the departure, opened. Its payload has no reason of theirs, only what is said here too. */
  readonly refusal: OpenedPlace
  /** Null when the rules allow no replacement. */
  readonly replacement: {
    readonly number: number
    readonly input: string
    readonly proofs: Proofs
    readonly widened: boolean
    readonly taken: Seat
    readonly awaited?: OpenedPlace
  } | null
}

const FIELDS = [
  'commit',
  'defaultPanel',
  'departures',
  'drawId',
  'format',
  'openings',
  'plan',
  'planKey',
  'pool',
  'poolRoot',
  'proofs',
  'result',
  'rules',
  'rulesHash',
]

/**
 * Evidence whose outer shape can be read, else undefined. Rules, leaves and result are left to the checks
 * that name them.
 */
export function readEvidence(value: unknown): DrawEvidence | undefined {
  const besides = typeof value === 'object' && value !== null && 'roundBefore' in value ? ['roundBefore'] : []
  const evidence = withAwaited(value, [...FIELDS, ...besides])
  if (!evidence || evidence.format !== EVIDENCE_FORMAT || !isPlanIdentity(evidence.plan)) return undefined
  const hashes = [evidence.planKey, evidence.rulesHash, evidence.poolRoot, evidence.drawId]
  if (!hashes.every(isHash) || !isProofs(evidence.proofs)) return undefined
  if (!Array.isArray(evidence.pool) || !isList(evidence.openings, isOpening)) return undefined
  if (!isOpenedPlace(evidence.commit)) return undefined
  if (besides.length > 0 && !isOpenedPlace(evidence.roundBefore)) return undefined
  return isList(evidence.departures, isDeparture) ? (value as DrawEvidence) : undefined
}

function isProofs(value: unknown): boolean {
  const besides = typeof value === 'object' && value !== null && 'beacon' in value ? ['beacon'] : []
  const proofs = exactFields(value, ['server', 'witness', ...besides])
  return (
    proofs !== undefined &&
    isHex(proofs.server, 80) &&
    (proofs.witness === null || isHex(proofs.witness, 80)) &&
    (besides.length === 0 || isBeaconValue(proofs.beacon))
  )
}

/** Exactly these fields, and beside a beacon's value the entry that awaited it. */
function withAwaited(value: unknown, fields: readonly string[]): Fields | undefined {
  const proofs = typeof value === 'object' && value !== null && 'proofs' in value ? value.proofs : null
  const timed = typeof proofs === 'object' && proofs !== null && 'beacon' in proofs
  const exact = exactFields(value, timed ? [...fields, 'awaited'] : fields)
  return !exact || (timed && !isOpenedPlace(exact.awaited)) ? undefined : exact
}

function isOpening(value: unknown): boolean {
  const opening = exactFields(value, ['employer', 'id', 'name', 'salt'])
  return (
    opening !== undefined &&
    isText(opening.id) &&
    isText(opening.name) &&
    isText(opening.employer) &&
    isHash(opening.salt)
  )
}

function isDeparture(value: unknown): boolean {
  const departure = exactFields(value, ['leaver', 'refusal', 'replacement', 'seat'])
  if (!departure || !isText(departure.leaver) || !isIntegerBetween(departure.seat, 1, 20)) return false
  if (!isOpenedPlace(departure.refusal)) return false
  if (departure.replacement === null) return true
  const replacement = withAwaited(departure.replacement, ['input', 'number', 'proofs', 'taken', 'widened'])
  return (
    replacement !== undefined &&
    isHash(replacement.input) &&
    isIntegerBetween(replacement.number, 1, 10) &&
    isProofs(replacement.proofs) &&
    typeof replacement.widened === 'boolean'
  )
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem)
}
