import { readFileSync, writeFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { sha256, toHex, utf8 } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'
import { timedInput } from '#lib/draw/beacon'
import { chancesOf, type Chances } from '#lib/draw/chances'
import { performDraw } from '#lib/draw/draw'
import { drawSeed, partyOutput, replacementSeed, type Proofs } from '#lib/draw/entropy'
import type { DrawEvidence } from '#lib/draw/evidence'
import { inspectSalts } from '#lib/draw/inspect_salts'
import type { PoolLeaf } from '#lib/draw/pool'
import { cellsOf } from '#lib/draw/pool_shape'
import { drawSaltKey, employerSortKey, saltKeyCommitment } from '#lib/draw/salts'
import { cellTicket, employerTicket, specialtyTicket, ticketOf } from '#lib/draw/ticket'
import { uniformBelow, uniformOfStep } from '#lib/draw/uniform'
import { verifyDrawEvidence } from '#lib/draw/verify_evidence'
import {
  BEACON,
  candidatesOf,
  evidenceOf,
  must,
  QUOTAS,
  SALT_KEY,
  seededRandom,
  SERVER_SECRET,
  TRUST,
  widenedCandidates,
  WIDENING,
  WITNESS_SECRET,
  WORKED_EXAMPLE,
} from './support/fixtures.js'
import { leavesOf, randomCounts, randomQuotas } from './support/quota_pools.js'

const FILE = new URL('./vectors.json', import.meta.url)

/** The vectors that `docs/draw/SPEC.md` refers to. `WRITE_VECTORS=1` writes the file anew. */
function vectors() {
  const seed = sha256(utf8('test'))
  const bounds = [1n, 2n, 200n, 256n, 257n, 5_354_228_880n, 2n ** 256n + 1n]
  return {
    seed: toHex(seed),
    tickets: [
      [0, 0, 'E001'],
      [1, 0, 'E001'],
      [1, 3, 'E001'],
      [1, 0, '专家-①'],
    ].map(([round, replacement, id]) => {
      const ticket = toHex(ticketOf(seed, round as number, replacement as number, id as string))
      return { round, replacement, id, ticket }
    }),
    cellTicket: { round: 1, id: 'E001', ticket: toHex(cellTicket(seed, 1, 'E001')) },
    employerTicket: { round: 1, employer: 7, ticket: toHex(employerTicket(seed, 1, 7)) },
    specialtyTicket: { round: 1, specialty: 'GEO', ticket: toHex(specialtyTicket(seed, 1, 'GEO')) },
    uniform: bounds.map((bound) => {
      return { round: 1, bound: String(bound), value: String(uniformBelow(seed, 1, bound)) }
    }),
    uniformOfStep: bounds.map((bound, i) => {
      const value = uniformOfStep(seed, 1, i + 1, bound)
      return { round: 1, step: i + 1, bound: String(bound), value: String(value) }
    }),
    chances: chanceVectors(),
    saltKey: toHex(SALT_KEY),
    saltKeyCommitment: saltKeyCommitment(SALT_KEY),
    serverSecret: toHex(SERVER_SECRET),
    witnessSecret: toHex(WITNESS_SECRET),
    draws: [
      drawVector(evidenceOf({ leaving: [3, 7, 11] })),
      drawVector(
        evidenceOf({ sizes: [9, 7, 6, 5, 4, 3, 1], plan: { round: 2 }, rules: { maxPerEmployer: 2 } })
      ),
      drawVector(evidenceOf({ sizes: Array<number>(25).fill(1), rules: { level: 'L1', witnessKey: null } })),
      drawVector(evidenceOf({ rules: { level: 'L3', beacon: BEACON.chain }, leaving: [3, 11] })),
      drawVector(evidenceOf({ rules: UNDER_QUOTAS, leaving: [3, 7, 11] })),
      drawVector(scarceEvidence()),
      drawVector(
        evidenceOf({
          candidates: widenedCandidates(),
          plan: { round: 2 },
          rules: { ...UNDER_QUOTAS, widening: WIDENING },
        })
      ),
    ],
  }
}

const UNDER_QUOTAS = { quotas: QUOTAS, maxPerEmployer: 10, replacementSpecialty: 'keep_then_any' } as const

/** Everybody of a scarce specialty leaves: at first others come for them, in the end nobody can. */
function scarceEvidence(): DrawEvidence {
  const scarce = [5, 20, 35, 50]
  const candidates = candidatesOf(WORKED_EXAMPLE).map((one) => {
    const number = Number(one.id.slice(1))
    if (one.specialty !== 'MONITOR') return one
    return { ...one, specialty: scarce.includes(number) ? 'MONITOR' : 'STRUCT' }
  })
  const quotas = [
    { specialty: 'GEO', min: 5, max: 8 },
    { specialty: 'MONITOR', min: 0, max: 2 },
    { specialty: 'STRUCT', min: 0, max: 2 },
  ]
  const given = { candidates, rules: { ...UNDER_QUOTAS, quotas } }
  const leaving: number[] = []
  for (;;) {
    const evidence = evidenceOf({ ...given, leaving })
    const seats = [
      ...evidence.result.seats,
      ...evidence.departures.flatMap((one) => one.replacement?.taken ?? []),
    ]
    const held = seats.filter(({ seat }) => !leaving.includes(seat))
    const next = held.find(({ specialty }) => specialty === 'MONITOR') ?? held[0]!
    if (leaving.length === 11) return evidence
    leaving.push(next.seat)
  }
}

/** Chances of pools told by [employer, specialty, experts] alone, or the error. */
function chanceVectors() {
  const random = seededRandom('vectors of chances')
  const vectors = []
  for (let pool = 0; pool < 40; pool++) {
    const specialties = 1 + random(4)
    const few = random(2) === 0
    const counts = randomCounts(random, (few ? 4 : 14) + random(14), specialties, 2 + random(few ? 12 : 4))
    const quotas = randomQuotas(random, specialties)
    const maxPerEmployer = (few ? 2 : 1) + random(3)
    const leaves = leavesOf(counts)
    const found = chancesOf(leaves, { maxPerEmployer, quotas })
    const cells = cellsOf(leaves).map(({ employer, specialty, experts }) => [employer, specialty, experts])
    vectors.push({
      maxPerEmployer,
      quotas,
      cells,
      ...(found.ok ? known(found.value) : { error: found.error }),
    })
  }
  return vectors
}

function known(chances: Chances) {
  const { cap, denominator, possibleSets } = chances
  const values =
    chances.by === 'cell'
      ? chances.cells.map(({ chance }) => chance)
      : [...chances.byEmployer].sort(([a], [b]) => a - b).map(([, chance]) => chance)
  return {
    cap,
    denominator: String(denominator),
    possibleSets: String(possibleSets),
    chances: values.map(({ num, den }) => `${num}/${den}`),
  }
}

function drawVector(evidence: DrawEvidence) {
  const { planKey, plan, rules, pool: leaves, proofs, drawId } = evidence
  const { ruler } = must(performDraw({ planKey, round: plan.round, rules, leaves }, proofs))
  const key = drawSaltKey(SALT_KEY, planKey, plan.round)
  return {
    drawSaltKey: toHex(key),
    employerSortKeyOfEmp0: toHex(employerSortKey(key, 'emp-0')),
    serverOutput: toHex(must(partyOutput('server', rules.serverKey, drawId, proofs.server))),
    witnessOutput: rules.witnessKey
      ? toHex(must(partyOutput('witness', rules.witnessKey, askedOf(drawId, proofs), proofs.witness)))
      : null,
    seed: toHex(must(drawSeed(rules, drawId, proofs))),
    ...(ruler
      ? { ruler: ruler.segments.map(({ id, width }) => [id, String(width)]) }
      : { order: orderOf(must(drawSeed(rules, drawId, proofs)), plan.round, leaves) }),
    replacements: evidence.departures.map(({ replacement }) => {
      if (!replacement) return null
      const { input, proofs: own } = replacement
      return {
        serverOutput: toHex(must(partyOutput('server', rules.serverKey, input, own.server))),
        witnessOutput: toHex(
          must(partyOutput('witness', rules.witnessKey, askedOf(input, own), own.witness))
        ),
        seed: toHex(must(replacementSeed(rules, input, own))),
      }
    }),
    evidence,
  }
}

/** What the witness evaluates. */
function askedOf(input: string, { beacon }: Proofs): string {
  return beacon ? timedInput(input, beacon.time) : input
}

/** Employers and specialties of the eligible, as the walk of the rounding prefers them. */
function orderOf(seed: Uint8Array, round: number, leaves: readonly PoolLeaf[]) {
  const eligible = leaves.filter(({ excluded }) => excluded === null)
  const by = <T>(items: Set<T>, ticket: (item: T) => Uint8Array) =>
    [...items]
      .map((item) => ({ item, ticket: toHex(ticket(item)) }))
      .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
      .map(({ item }) => item)
  return {
    employers: by(new Set(eligible.map(({ employer }) => employer)), (one) =>
      employerTicket(seed, round, one)
    ),
    specialties: by(new Set(eligible.map(({ specialty }) => specialty)), (one) =>
      specialtyTicket(seed, round, one)
    ),
  }
}

test.group('Vectors of the specification', () => {
  test('are what this implementation computes', ({ assert }) => {
    const now = vectors()
    if (process.env.WRITE_VECTORS) writeFileSync(FILE, `${JSON.stringify(now, null, 1)}\n`)
    const kept = JSON.parse(readFileSync(FILE, 'utf8'))
    assert.equal(canonicalJson(now), canonicalJson(kept))
    for (const { evidence } of kept.draws) {
      const { level } = evidence.rules
      const trust = { ...TRUST, beacons: [BEACON.chain], ...(level === 'L1' && { witnessVrfKeys: [] }) }
      assert.equal(verifyDrawEvidence(evidence, trust).verdict, 'genuine')
    }
  })

  test('have salts that an inspector can follow to the key', ({ assert }) => {
    const evidence = evidenceOf()
    assert.isNull(inspectSalts(evidence, SALT_KEY))
    assert.deepEqual(inspectSalts(evidence, sha256(SALT_KEY)), { code: 'salt_key' })
    const [first, ...rest] = evidence.pool
    const chosen = { ...evidence, pool: [{ ...first!, salt: toHex(sha256(utf8('chosen'))) }, ...rest] }
    assert.deepEqual(inspectSalts(chosen, SALT_KEY), { code: 'leaf_salt', id: 'E001' })
    const opened = { ...evidence, openings: [{ ...evidence.openings[1]!, salt: first!.salt }] }
    assert.deepEqual(inspectSalts(opened, SALT_KEY), { code: 'identity_salt', id: 'E002' })
  })
})
