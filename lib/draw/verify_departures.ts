import { canonicalJson } from '../canonical_json.ts'
import { partyOutput, witnessOutput, type EntropyError } from './entropy.ts'
import type { DrawResult } from './draw.ts'
import type { Departure, DrawEvidence } from './evidence.ts'
import { checkpointOf, isEntryOf, opensTo, originOf } from './ledger_place.ts'
import { checkpointFault } from './ledger_signers.ts'
import {
  performReplacement,
  prepareReplacement,
  vacate,
  type DrawState,
  type ReplacementError,
} from './replace.ts'
import { awaitedFault, valueFault } from './verify_beacon.ts'
import type { VerifierKey } from '../tlog/keys.ts'
import type { DrawCheck } from './verify_evidence.ts'
import { DEPARTURE_ENTRY_TYPE, UNFILLED_ENTRY_TYPE } from './witness_protocol.ts'

export type DepartureFault =
  | 'refusal_reused'
  | 'refusal_entry'
  | 'refusal_inclusion'
  | 'refusal_checkpoint'
  | 'refusal_payload'
  | 'seat_not_held'
  | 'leaver'
  | 'not_allowed'
  | 'replacement_missing'
  | 'number'
  | 'input'
  | 'server_proof'
  | 'witness_proof'
  | 'beacon_awaited'
  | 'beacon_value'
  | 'taken'
  | ReplacementError['code']
  | EntropyError['code']

/** Replays departures in their order; stops at the first that is wrong, since the rest builds on it. */
export function departureChecks(
  evidence: DrawEvidence,
  result: DrawResult,
  ledgerKeys: readonly VerifierKey[]
): DrawCheck[] {
  const { drawId, plan, rules, pool, departures } = evidence
  let state: DrawState = {
    drawId,
    round: plan.round,
    rules,
    leaves: pool,
    cap: result.cap,
    seats: result.seats,
    left: new Set(),
  }
  // By index and by text: the same entry can be told in several ways.
  const refusals = new Set<number | string>()
  const checks: DrawCheck[] = []
  for (const [i, departure] of departures.entries()) {
    const { index, leaf } = departure.refusal
    const reused = refusals.has(index) || refusals.has(leaf)
    const after = i === 0 ? evidence.commit.index : departures[i - 1]!.refusal.index
    const fault = reused ? 'refusal_reused' : refusalFault(evidence, departure, after, ledgerKeys)
    const outcome = fault ? { code: fault } : replayAsLogged(state, departure, ledgerKeys)
    refusals.add(index).add(leaf)
    if ('code' in outcome)
      return [...checks, { code: `departure_${outcome.code}`, ok: false, detail: `${i}` }]
    checks.push({ code: 'departure', ok: true, detail: `${i}` })
    state = outcome.state
  }
  return checks
}

/** A departure stands in the same log, behind the entry that froze the draw and behind the departure before it. */
function refusalFault(
  evidence: DrawEvidence,
  { refusal, replacement }: Departure,
  after: number,
  ledgerKeys: readonly VerifierKey[]
): DepartureFault | undefined {
  const { commit } = evidence
  const type = replacement === null ? UNFILLED_ENTRY_TYPE : DEPARTURE_ENTRY_TYPE
  if (!isEntryOf(refusal, [type]) || refusal.index <= after) return 'refusal_entry'
  if (!checkpointOf(refusal)) return 'refusal_inclusion'
  const sameLog = originOf(refusal) === originOf(commit)
  const witnessed = evidence.rules.level !== 'L1'
  const signed = checkpointFault(refusal, ledgerKeys, { witnessed }) === null
  return sameLog && signed ? undefined : 'refusal_checkpoint'
}

/** What the log's entry says is compared last: by then what the evidence says has been recomputed. */
function replayAsLogged(
  state: DrawState,
  departure: Departure,
  ledgerKeys: readonly VerifierKey[]
): { state: DrawState } | { code: DepartureFault } {
  const { seat, leaver, refusal, replacement } = departure
  const outcome = replay(state, departure, ledgerKeys)
  if ('code' in outcome) return outcome
  const said = { drawId: state.drawId, seat, leaver }
  const logged = opensTo(refusal, replacement === null ? said : { ...said, number: replacement.number })
  return logged ? outcome : { code: 'refusal_payload' }
}

function replay(
  state: DrawState,
  departure: Departure,
  ledgerKeys: readonly VerifierKey[]
): { state: DrawState } | { code: DepartureFault } {
  const { seat, leaver, replacement } = departure
  const prepared = prepareReplacement(state, seat)
  if (!prepared.ok && prepared.error.code === 'seat_not_held') return { code: 'seat_not_held' }
  const holder = state.seats.find((held) => held.seat === seat)
  if (holder?.id !== leaver) return { code: 'leaver' }
  if (!prepared.ok) return replacement === null ? { state: vacate(state, seat) } : { code: 'not_allowed' }
  if (replacement === null) return { code: 'replacement_missing' }
  const { number, input, widened } = prepared.value
  if (replacement.number !== number || replacement.widened !== widened) return { code: 'number' }
  if (replacement.input !== input) return { code: 'input' }
  const proof = wrongProof(state, departure.refusal, replacement, ledgerKeys)
  if (proof) return { code: proof }
  const performed = performReplacement(state, seat, replacement.proofs)
  if (!performed.ok) return { code: performed.error.code }
  const right = canonicalJson(performed.value.replacement) === canonicalJson(replacement.taken)
  return right ? { state: performed.value.state } : { code: 'taken' }
}

function wrongProof(
  { rules }: DrawState,
  after: Departure['refusal'],
  replacement: NonNullable<Departure['replacement']>,
  ledgerKeys: readonly VerifierKey[]
): DepartureFault | undefined {
  const { input, proofs } = replacement
  if (!partyOutput('server', rules.serverKey, input, proofs.server).ok) return 'server_proof'
  if (rules.level === 'L1' && proofs.witness !== null) return 'witness_proof'
  if (rules.level === 'L1') return proofs.beacon ? 'beacon_value' : undefined
  if (!witnessOutput(rules, input, proofs).ok) return 'witness_proof'
  if (rules.level === 'L2') return proofs.beacon ? 'beacon_value' : undefined
  const step = { ...replacement, after }
  if (awaitedFault(rules, step, ledgerKeys) !== null) return 'beacon_awaited'
  return valueFault(rules, step, ledgerKeys) === null ? undefined : 'beacon_value'
}
