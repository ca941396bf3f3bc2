/** Level L3: the log held the round before it was out, and the value is the beacon's of that round. */
import type { VerifierKey } from '../tlog/keys.ts'
import { timeOfRound } from '../drand.ts'
import { roundAfter } from './beacon.ts'
import { beaconOutput, type Proofs } from './entropy.ts'
import { checkpointOf, isEntryOf, opensTo, originOf, type OpenedPlace } from './ledger_place.ts'
import { checkpointFault, cosignedAt } from './ledger_signers.ts'
import type { DrawRules } from './rules.ts'
import { BEACON_ENTRY_TYPE } from './witness_protocol.ts'

/** What is drawn with a beacon's round: the draw, or one replacement. */
export type TimedStep = {
  readonly input: string
  readonly proofs: Proofs
  /** Where the log holds which round is awaited. */
  readonly awaited?: OpenedPlace
  /** The entry that it follows: the commit's, or the refusal's. */
  readonly after: OpenedPlace
}

/**
 * Why the entry `draw.beacon_awaited` is not what it should be, or null. It stands behind the entry that it follows, in
 * the same log, names time and round, and a trusted cosigner saw it before the round was out: so that nobody, server and
 * witness together neither, takes one of the rounds that are out already.
 */
export function awaitedFault(
  { beacon }: DrawRules,
  { input, proofs, awaited, after }: TimedStep,
  keys: readonly VerifierKey[]
): string | null {
  const time = proofs.beacon?.time
  if (!beacon || time === undefined || !awaited) return 'entry'
  if (!isEntryOf(awaited, [BEACON_ENTRY_TYPE]) || awaited.index <= after.index) return 'entry'
  if (!checkpointOf(awaited)) return 'inclusion'
  const beaconRound = roundAfter(beacon, time)
  const due = timeOfRound(beacon, beaconRound)
  if (!opensTo(awaited, { input, time, beaconRound, due })) return 'payload'
  if (originOf(awaited) !== originOf(after)) return 'origin'
  const unsigned = checkpointFault(awaited, keys, { witnessed: true })
  if (unsigned) return unsigned
  const seenAt = cosignedAt(awaited, keys)
  return seenAt !== null && seenAt >= due ? 'beacon_round_out' : null
}

/** Why the value is not the beacon's of the round that follows from a time after the log was seen, or null. */
export function valueFault(
  rules: DrawRules,
  { proofs, after }: Pick<TimedStep, 'proofs' | 'after'>,
  keys: readonly VerifierKey[]
): string | null {
  const value = beaconOutput(rules, proofs)
  if (!value.ok) return value.error.code
  const seenAt = cosignedAt(after, keys)
  return seenAt !== null && proofs.beacon!.time < seenAt ? 'beacon_before_entry' : null
}
