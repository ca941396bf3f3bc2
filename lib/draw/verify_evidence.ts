import { canonicalJson, CanonicalJsonError, parseStrictJson } from '../canonical_json.ts'
import { chancesOf } from './chances.ts'
import { completeDraw } from './draw.ts'
import { isSameChain } from './beacon.ts'
import { drawInput, partyOutput, witnessOutput } from './entropy.ts'
import { readEvidence, type DrawEvidence } from './evidence.ts'
import { checkpointFault, cosignedAt, cosignersOf, logKeysOf } from './ledger_signers.ts'
import { checkpointOf, isEntryOf, opensTo, originOf } from './ledger_place.ts'
import { defaultPanel } from './panel.ts'
import { normalPlanIdentity, planKey } from './plan_key.ts'
import { isPoolOrder, poolRoot, readLeaf } from './pool.ts'
import { readRules, rulesHash, type Level } from './rules.ts'
import { identityCommitment } from './salts.ts'
import { awaitedFault, valueFault } from './verify_beacon.ts'
import { departureChecks, type DepartureFault } from './verify_departures.ts'
import { roundBeforeChecks, type RoundCheckCode } from './verify_round_before.ts'
import { wideningFault } from './widening.ts'
import { QUICKNET, type BeaconChain } from '../drand.ts'
import type { VerifierKey } from '../tlog/keys.ts'
import { COMMIT_ENTRY_TYPE } from './witness_protocol.ts'

/** Keys, hex of 32 bytes, that the reader trusts from elsewhere. Keys in the evidence are never trusted. */
export type DrawTrust = {
  readonly serverVrfKeys: readonly string[]
  readonly witnessVrfKeys: readonly string[]
  /** Keys of ledgers and of the witnesses that cosign them. */
  readonly ledgerKeys: readonly VerifierKey[]
  /** Beacons besides the League of Entropy's, whose key is pinned here. */
  readonly beacons?: readonly BeaconChain[]
}

/** Stable: texts live with whoever shows them. */
export type DrawCheckCode =
  | 'readable'
  | 'rules_record'
  | 'pool_leaves'
  | 'pool_order'
  | 'plan_identity'
  | 'plan_key'
  | 'rules_hash'
  | 'pool_root'
  | 'draw_id'
  | 'commit_entry'
  | 'commit_inclusion'
  | 'commit_payload'
  | 'commit_checkpoint'
  | RoundCheckCode
  | 'level'
  | 'server_proof'
  | 'witness_proof'
  | 'beacon_awaited'
  | 'beacon_value'
  | 'openings'
  | 'widening'
  | 'feasible'
  | 'result'
  | 'default_panel'
  | 'departure'
  | `departure_${DepartureFault}`
  | 'server_key_trusted'
  | 'witness_key_trusted'
  | 'ledger_key_trusted'
  | 'cosigner_key_trusted'
  | 'beacon_key_trusted'

/** One step. `detail` names the place, in no language. */
export type DrawCheck = { readonly code: DrawCheckCode; readonly ok: boolean; readonly detail: string | null }

export type DrawVerdict = 'genuine' | 'not_genuine' | 'consistent_unknown_signer' | 'unreadable'

export type DrawVerification = {
  readonly verdict: DrawVerdict
  /** Null when unreadable. L1 is the server alone: not for production. */
  readonly level: Level | null
  readonly checks: readonly DrawCheck[]
}

/** Rule DRAW-9: says whether evidence, as the text of its file, is genuine, and which step fails. */
export function verifyDrawEvidenceText(text: string, trust: DrawTrust): DrawVerification {
  const parsed = parseStrictJson(text)
  if (!parsed.ok) return unreadable(parsed.error.code)
  return verifyDrawEvidence(parsed.value, trust)
}

/**
 * Recomputes a draw. Each check tests one link against what the evidence claims for the next, so that the
 * first code that fails names the place that was changed.
 */
export function verifyDrawEvidence(value: unknown, trust: DrawTrust): DrawVerification {
  const evidence = hasCanonicalSpelling(value) ? readEvidence(value) : undefined
  if (!evidence) return unreadable('shape')
  const checks = recordChecks(evidence)
  if (checks.every(({ ok }) => ok)) checks.push(...drawChecks(evidence, trust))
  const rules = readRules(evidence.rules)
  const trusted = rules ? keyChecks(evidence, trust) : []
  const consistent = checks.every(({ ok }) => ok)
  const known = trusted.every(({ ok }) => ok)
  return {
    verdict: !consistent ? 'not_genuine' : known ? 'genuine' : 'consistent_unknown_signer',
    level: rules?.level ?? null,
    checks: [...checks, ...trusted],
  }
}

/** Are the records well-formed? Nothing further can be computed from ones that are not. */
function recordChecks({ rules, pool }: DrawEvidence): DrawCheck[] {
  const bad = pool.findIndex((leaf) => readLeaf(leaf) === undefined)
  const leaves = check('pool_leaves', bad < 0, bad < 0 ? null : `leaf ${bad}`)
  // What could not be looked at is not said to be wrong.
  const order = leaves.ok ? [check('pool_order', isPoolOrder(pool))] : []
  return [check('rules_record', readRules(rules) !== undefined), leaves, ...order]
}

function drawChecks(evidence: DrawEvidence, trust: DrawTrust): DrawCheck[] {
  const { plan, rules, pool, drawId, proofs } = evidence
  const folded = same(normalPlanIdentity(plan), plan)
  const server = partyOutput('server', rules.serverKey, drawId, proofs.server)
  const checks = [
    check('plan_identity', folded),
    check('plan_key', planKey(plan) === evidence.planKey),
    check('rules_hash', rulesHash(rules) === evidence.rulesHash),
    check('pool_root', poolRoot(pool) === evidence.poolRoot),
    check('draw_id', drawInput({ ...evidence, round: plan.round }) === drawId),
    ...commitChecks(evidence, trust),
    ...roundBeforeChecks(evidence, trust.ledgerKeys),
    // Whoever has a witness must not be handed what the server could have ground out alone.
    check('level', rules.level !== 'L1' || trust.witnessVrfKeys.length === 0, rules.level),
    check('server_proof', server.ok, server.ok ? null : server.error.code),
    witnessCheck(evidence),
    ...beaconChecks(evidence, trust),
    ...openingChecks(evidence),
  ]
  return [...checks, ...resultChecks(evidence, trust)]
}

/** That the draw was frozen in the log, and the log seen by the witness, before anybody knew its entropy. */
function commitChecks(evidence: DrawEvidence, trust: DrawTrust) {
  const { commit, plan, planKey: key, rulesHash: rules, poolRoot: pool, drawId } = evidence
  const frozen = { drawId, planKey: key, round: plan.round, rulesHash: rules, poolRoot: pool }
  const fault = checkpointFault(commit, trust.ledgerKeys, { witnessed: evidence.rules.level !== 'L1' })
  const seenAt = cosignedAt(commit, trust.ledgerKeys)
  const detail = fault ?? (seenAt === null ? null : new Date(seenAt * 1000).toISOString())
  return [
    check('commit_entry', isEntryOf(commit, [COMMIT_ENTRY_TYPE])),
    check('commit_inclusion', checkpointOf(commit) !== undefined),
    check('commit_payload', opensTo(commit, frozen)),
    check('commit_checkpoint', fault === null, detail),
  ]
}

function witnessCheck({ rules, drawId, proofs }: DrawEvidence): DrawCheck {
  if (rules.level === 'L1') return check('witness_proof', proofs.witness === null)
  const witness = witnessOutput(rules, drawId, proofs)
  return check('witness_proof', witness.ok, witness.ok ? null : witness.error.code)
}

/** The round follows from a time that the log held before the round was out, and after the draw was frozen. */
function beaconChecks(evidence: DrawEvidence, trust: DrawTrust): DrawCheck[] {
  const { rules, proofs, drawId: input, commit: after, awaited } = evidence
  if (rules.level !== 'L3') return proofs.beacon ? [check('beacon_value', false, rules.level)] : []
  const step = { input, proofs, after, ...(awaited && { awaited }) }
  const late = awaitedFault(rules, step, trust.ledgerKeys)
  const wrong = valueFault(rules, step, trust.ledgerKeys)
  return [check('beacon_awaited', late === null, late), check('beacon_value', wrong === null, wrong)]
}

/** Each opening is the one committed to, and none shows one employer under two numbers, where caps would not hold. */
function openingChecks({ openings, pool }: DrawEvidence): DrawCheck[] {
  const leaves = new Map(pool.map((leaf) => [leaf.id, leaf]))
  const numbers = new Map<string, number>()
  const bad = openings.find((opening) => {
    const leaf = leaves.get(opening.id)
    if (leaf?.identity !== identityCommitment(opening)) return true
    const number = numbers.get(opening.employer) ?? leaf.employer
    numbers.set(opening.employer, number)
    return number !== leaf.employer
  })
  return [check('openings', bad === undefined, bad?.id ?? null)]
}

function resultChecks(evidence: DrawEvidence, trust: DrawTrust): DrawCheck[] {
  const { rules, pool, proofs, result, planKey: key, plan, drawId } = evidence
  const fault = wideningFault(pool, rules)
  const widening = check('widening', fault === undefined, fault ?? null)
  const chances = chancesOf(pool, rules)
  if (!chances.ok) return [widening, check('feasible', false, canonicalJson(chances.error))]
  const draw = { planKey: key, round: plan.round, rules, leaves: pool }
  // The links up to the claimed draw id have been tested; from there on it is the input.
  const prepared = {
    drawId,
    rulesHash: evidence.rulesHash,
    poolRoot: evidence.poolRoot,
    chances: chances.value,
  }
  const performed = completeDraw(draw, prepared, proofs)
  // A proof that fails has been named already, and without it there is no seed to go on with.
  if (!performed.ok) {
    return [widening, check('feasible', true), check('result', false, performed.error.code)]
  }
  const { result: again } = performed.value
  const checks = [
    widening,
    check('feasible', true),
    check('result', same(again, result), firstDifferent(again, result)),
    check('default_panel', same(defaultPanel(again.seats, rules), evidence.defaultPanel)),
  ]
  return [...checks, ...departureChecks(evidence, again, trust.ledgerKeys)]
}

/** Name of the first field of a result that differs, or null. */
function firstDifferent(again: object, claimed: unknown): string | null {
  if (typeof claimed !== 'object' || claimed === null) return 'result'
  const claims = claimed as Record<string, unknown>
  const name = Object.entries(again).find(([field, value]) => !same(value, claims[field] ?? null))?.[0]
  return name ?? (same(again, claimed) ? null : 'fields')
}

function keyChecks({ rules, commit }: DrawEvidence, trust: DrawTrust): DrawCheck[] {
  const origin = originOf(commit)
  const known = logKeysOf(trust.ledgerKeys, origin).length > 0
  const server = check('server_key_trusted', trusts(trust.serverVrfKeys, rules.serverKey))
  const ledger = check('ledger_key_trusted', known, known ? null : origin)
  if (rules.level === 'L1') return [server, ledger]
  const cosigner = check('cosigner_key_trusted', cosignersOf(trust.ledgerKeys).length > 0)
  const witness = check('witness_key_trusted', trusts(trust.witnessVrfKeys, rules.witnessKey))
  if (!rules.beacon) return [server, witness, ledger, cosigner]
  const { beacon } = rules
  const pinned = [QUICKNET, ...(trust.beacons ?? [])].some((chain) => isSameChain(chain, beacon))
  return [server, witness, ledger, cosigner, check('beacon_key_trusted', pinned, beacon.chain)]
}

function trusts(keys: readonly string[], key: string | null): boolean {
  return key !== null && keys.includes(key)
}

function hasCanonicalSpelling(value: unknown): boolean {
  try {
    canonicalJson(value)
    return true
  } catch (error) {
    if (error instanceof CanonicalJsonError) return false
    throw error
  }
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b)
}

function check(code: DrawCheckCode, ok: boolean, detail: string | null = null): DrawCheck {
  return { code, ok, detail }
}

function unreadable(detail: string): DrawVerification {
  return { verdict: 'unreadable', level: null, checks: [check('readable', false, detail)] }
}
