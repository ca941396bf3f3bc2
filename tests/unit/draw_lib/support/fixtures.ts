import { bigIntFromBytes, fromHex, sha256, toHex, utf8 } from '#lib/bytes'
import { chancesOf, type CapChances } from '#lib/draw/chances'
import { performDraw, prepareDraw, type FrozenDraw } from '#lib/draw/draw'
import { EVIDENCE_FORMAT, type Departure, type DrawEvidence } from '#lib/draw/evidence'
import { defaultPanel } from '#lib/draw/panel'
import { normalPlanIdentity, planKey, type PlanIdentity } from '#lib/draw/plan_key'
import { buildPool, type Candidate, type PoolLeaf } from '#lib/draw/pool'
import { performReplacement, prepareReplacement, vacate, type DrawState } from '#lib/draw/replace'
import { roundAfter, timedInput } from '#lib/draw/beacon'
import type { OpenedPlace } from '#lib/draw/ledger_place'
import { drawInput, type Proofs } from '#lib/draw/entropy'
import type { Quota } from '#lib/draw/quotas'
import { keyOfRoundBefore, ROUND_FAILED_TYPE, type FailedRound } from '#lib/draw/round_before'
import type { DrawRules } from '#lib/draw/rules'
import { saltKeyCommitment } from '#lib/draw/salts'
import type { CameBy } from '#lib/draw/widening'
import {
  BEACON_ENTRY_TYPE,
  COMMIT_ENTRY_TYPE,
  DEPARTURE_ENTRY_TYPE,
  UNFILLED_ENTRY_TYPE,
} from '#lib/draw/witness_protocol'
import { timeOfRound, type BeaconChain } from '#lib/drand'
import { vrfProve, vrfPublicKey } from '#lib/vrf'
import type { VerifierKey } from '#lib/tlog/keys'
import { localBeacon } from '#tests/support/local_beacon'
import { COSIGNED_AT, LOG, WITNESS, type Signers } from '#tests/support/made_ledger'
import { SmallLog } from './small_log.js'

export const SERVER_SECRET = sha256(utf8('server'))
export const WITNESS_SECRET = sha256(utf8('witness'))
export const SALT_KEY = sha256(utf8('salt key'))
export const TRUST = {
  serverVrfKeys: [toHex(vrfPublicKey(SERVER_SECRET))],
  witnessVrfKeys: [toHex(vrfPublicKey(WITNESS_SECRET))],
  ledgerKeys: [LOG, WITNESS] as readonly VerifierKey[],
}
export const BEACON = localBeacon(7)
/** The time, in seconds since 1970, that the log of timed draws holds. */
export const ANSWERED_AT = COSIGNED_AT + 2
export const PLAN = { permit: '450103202601150101', categories: ['PIT', 'LIFT'], part: 'A-07', round: 1 }

/** Sizes of the 22 employers of the worked example: 64 experts. */
export const WORKED_EXAMPLE = [10, 8, 6, 5, 4, 4, 3, 3, 3, 3, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1]

export function rulesFor(change: Partial<DrawRules> = {}): DrawRules {
  return {
    algorithm: 'lunzheng-draw/1',
    level: 'L2',
    serverKey: TRUST.serverVrfKeys[0]!,
    witnessKey: TRUST.witnessVrfKeys[0]!,
    saltKeyCommitment: saltKeyCommitment(SALT_KEY),
    maxPerEmployer: 2,
    quotas: [],
    replacementSpecialty: 'keep',
    panel: { size: 5, mainSpecialty: 'GEO', minMain: 3, minSpecialties: 2 },
    regulation: { id: 'nanning', hash: toHex(sha256(utf8('regulation'))) },
    ...change,
  }
}

/** Of ten, five to seven of the main specialty and at most two of each other. */
export const QUOTAS: readonly Quota[] = [
  { specialty: 'GEO', min: 5, max: 7 },
  { specialty: 'MONITOR', min: 1, max: 2 },
  { specialty: 'STRUCT', min: 0, max: 2 },
]

/** A pool in which the quotas can't be met, and the same with experts of a neighbouring specialty and city. */
export function widenedCandidates(): Candidate[] {
  const local = candidatesOf(WORKED_EXAMPLE).map((one) =>
    one.specialty === 'MONITOR' ? { ...one, specialty: 'STRUCT' } : one
  )
  const came = (number: number, specialty: string, cameBy: CameBy) => {
    return { ...candidate(number, number % 22, specialty, null), cameBy }
  }
  return [
    ...local,
    ...[70, 71, 72].map((n) => came(n, 'STRUCT', { step: 'neighbouring_specialty', from: 'STEEL' })),
    ...[73, 74, 75, 76].map((n) => came(n, 'MONITOR', { step: 'neighbouring_city', from: 'liuzhou' })),
  ]
}

export const WIDENING: DrawRules['widening'] = [
  { step: 'neighbouring_specialty', because: 'quotas_infeasible' },
  { step: 'neighbouring_city', because: 'quotas_infeasible' },
]

/** Candidates of employers of these sizes, specialties in turn, and a few who are excluded. */
export function candidatesOf(sizes: readonly number[], excluded = 5): Candidate[] {
  const specialties = ['GEO', 'GEO', 'STRUCT', 'GEO', 'MONITOR']
  const list: Candidate[] = []
  sizes.forEach((size, employer) => {
    for (let i = 0; i < size; i++) {
      list.push(candidate(list.length + 1, employer, specialties[list.length % 5]!, null))
    }
  })
  for (let i = 0; i < excluded; i++)
    list.push(candidate(list.length + 1, i % sizes.length, 'GEO', 'interest'))
  return list
}

function candidate(number: number, employer: number, specialty: string, excluded: string | null): Candidate {
  const id = `E${String(number).padStart(3, '0')}`
  return {
    id,
    name: `专家${number}`,
    employerId: `emp-${employer}`,
    employerName: `单位${employer}`,
    specialty,
    excluded,
  }
}

/** Rules of a draw in which caps alone decide. */
export function capped(maxPerEmployer: number): Pick<DrawRules, 'maxPerEmployer' | 'quotas'> {
  return { maxPerEmployer, quotas: [] }
}

/** Chances under caps alone, of pools that have them. */
export function capChances(leaves: readonly PoolLeaf[], maxPerEmployer: number): CapChances {
  const chances = must(chancesOf(leaves, capped(maxPerEmployer)))
  if (chances.by !== 'employer') throw new Error(chances.by)
  return chances
}

/** Leaves without names and hashes behind them, for properties that need many pools. */
export function bareLeaves(sizes: readonly number[]): PoolLeaf[] {
  const zero = '00'.repeat(32)
  return candidatesOf(sizes, 0).map(({ id, employerId, specialty }) => {
    const employer = Number(employerId.slice(4)) + 1
    return { v: 1, id, employer, specialty, excluded: null, identity: zero, salt: zero }
  })
}

export function proofsFor(input: string, level = 'L2', time = ANSWERED_AT, chain = BEACON.chain): Proofs {
  const server = toHex(vrfProve(SERVER_SECRET, fromHex(input)))
  if (level === 'L1') return { server, witness: null }
  const asked = level === 'L3' ? timedInput(input, time) : input
  const witness = toHex(vrfProve(WITNESS_SECRET, fromHex(asked)))
  if (level === 'L2') return { server, witness }
  return { server, witness, beacon: { time, signature: BEACON.sign(roundAfter(chain, time)) } }
}

/** The log's entry of the round that a time leads to, where there is a beacon. */
export function awaitedIn(
  log: SmallLog,
  beacon: BeaconChain | undefined,
  input: string,
  time = ANSWERED_AT
): { awaited: OpenedPlace } | object {
  if (!beacon) return {}
  const beaconRound = roundAfter(beacon, time)
  const due = timeOfRound(beacon, beaconRound)
  return { awaited: log.append(BEACON_ENTRY_TYPE, { input, time, beaconRound, due }) }
}

export function frozenDraw(
  change: {
    sizes?: readonly number[]
    candidates?: readonly Candidate[]
    rules?: Partial<DrawRules>
    plan?: Partial<typeof PLAN>
  } = {}
) {
  const plan = normalPlanIdentity({ ...PLAN, ...change.plan })
  const key = planKey(plan)
  const { leaves, openings } = buildPool(change.candidates ?? candidatesOf(change.sizes ?? WORKED_EXAMPLE), {
    saltKey: SALT_KEY,
    planKey: key,
    round: plan.round,
  })
  const draw: FrozenDraw = { planKey: key, round: plan.round, rules: rulesFor(change.rules), leaves }
  return { plan, draw, openings }
}

/** Complete evidence of a draw in which the given seats were given up one after the other. */
export function evidenceOf(
  change: Parameters<typeof frozenDraw>[0] & {
    leaving?: readonly number[]
    signers?: Signers
    /** Refusals stand in the log before they were answered, the last first. */
    loggedBackwards?: boolean
    /** From which the beacon's rounds follow, of the draw and of replacements. */
    time?: number
    timeOfReplacements?: number
    /** Told of the round before otherwise than it was. */
    failed?: object
  } = {}
): DrawEvidence {
  const { plan, draw, openings } = frozenDraw(change)
  const { time = ANSWERED_AT, timeOfReplacements = ANSWERED_AT } = change
  const drawProofs = proofsFor(drawIdOf(draw), draw.rules.level, time)
  const { prepared, result } = must(performDraw(draw, drawProofs))
  let state: DrawState = {
    ...draw,
    drawId: prepared.drawId,
    cap: result.cap,
    seats: result.seats,
    left: new Set(),
  }
  const alone = draw.rules.level === 'L1' ? { log: LOG, witness: null } : undefined
  const log = new SmallLog(change.signers ?? alone)
  for (const type of ['plan.submitted', 'review.form_checked', 'draw.requested']) log.append(type, {})
  const before =
    plan.round > 1 ? log.append(ROUND_FAILED_TYPE, { ...failedRound(plan), ...change.failed }) : undefined
  const { drawId, rulesHash, poolRoot } = prepared
  const frozen = { drawId, planKey: draw.planKey, round: plan.round, rulesHash, poolRoot }
  const commit = log.append(COMMIT_ENTRY_TYPE, { ...frozen, algorithm: draw.rules.algorithm })
  const awaited = awaitedIn(log, draw.rules.beacon, drawId, time)
  log.append('draw.completed', { drawId })
  const departures: Departure[] = []
  const early = new Map<number, Departure['refusal']>()
  if (change.loggedBackwards) {
    for (const [i, seat] of [...change.leaving!.entries()].reverse()) {
      const leaver = result.seats[seat - 1]!.id
      early.set(seat, log.append(DEPARTURE_ENTRY_TYPE, { drawId, seat, number: i + 1, leaver }))
    }
  }
  for (const seat of change.leaving ?? []) {
    const possible = prepareReplacement(state, seat)
    if (!possible.ok) {
      const left = state.seats.find((held) => held.seat === seat)!.id
      departures.push({
        seat,
        leaver: left,
        refusal: log.append(UNFILLED_ENTRY_TYPE, { drawId, seat, leaver: left }),
        replacement: null,
      })
      state = vacate(state, seat)
      continue
    }
    const { input } = possible.value
    const proofs = proofsFor(input, draw.rules.level, timeOfReplacements)
    const done = must(performReplacement(state, seat, proofs))
    const { number, widened, leaver } = done.prepared
    const refusal =
      early.get(seat) ?? log.append(DEPARTURE_ENTRY_TYPE, { drawId, seat, number, leaver: leaver.id })
    const own = awaitedIn(log, draw.rules.beacon, input, timeOfReplacements)
    const replacement = { number, input, proofs, widened, taken: done.replacement, ...own }
    departures.push({ seat, leaver: leaver.id, refusal, replacement })
    state = done.state
  }
  return {
    format: EVIDENCE_FORMAT,
    plan,
    planKey: draw.planKey,
    rules: draw.rules,
    rulesHash: prepared.rulesHash,
    pool: draw.leaves,
    poolRoot: prepared.poolRoot,
    drawId: prepared.drawId,
    proofs: drawProofs,
    commit,
    ...(before && { roundBefore: before }),
    ...awaited,
    result,
    defaultPanel: defaultPanel(result.seats, draw.rules),
    departures,
    openings: openings.slice(0, 3),
  }
}

/** What the log says of the round before a plan's: it was drawn, by other rules, and ended in 不通过. */
export function failedRound(plan: PlanIdentity): FailedRound {
  const round = plan.round - 1
  const parts = {
    planKey: keyOfRoundBefore(plan)!,
    round,
    rulesHash: hashOf('rules'),
    poolRoot: hashOf('pool'),
  }
  return { drawId: drawInput(parts), ...parts }
}

function hashOf(text: string): string {
  return toHex(sha256(utf8(text)))
}

export function drawIdOf(draw: FrozenDraw): string {
  return must(prepareDraw(draw)).drawId
}

export function must<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** A seeded generator for pools and orders of tests; not part of the algorithm. */
export function seededRandom(name: string): (below: number) => number {
  // mulberry32: quick, and even enough for the statistics here.
  let state = Number(bigIntFromBytes(sha256(utf8(name)).slice(0, 4)))
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

export function shuffled<T>(items: readonly T[], random: (below: number) => number): T[] {
  const list = [...items]
  for (let i = list.length - 1; i > 0; i--) {
    const j = random(i + 1)
    ;[list[i], list[j]] = [list[j]!, list[i]!]
  }
  return list
}
