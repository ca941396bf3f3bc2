import { sha256, toHex, utf8 } from '#lib/bytes'
import { chanceOf, chancesOf } from '#lib/draw/chances'
import { completeDraw, prepareDraw } from '#lib/draw/draw'
import { drawSeed, replacementSeed, type Proofs } from '#lib/draw/entropy'
import { defaultPanel } from '#lib/draw/panel'
import { normalPlanIdentity, planKey, type PlanIdentity } from '#lib/draw/plan_key'
import { buildPool, poolRoot, type Candidate } from '#lib/draw/pool'
import { compareIds } from '#lib/draw/read'
import { performReplacement, prepareReplacement, vacate, type DrawState } from '#lib/draw/replace'
import { rulesHash, type DrawRules } from '#lib/draw/rules'
import { saltKeyCommitment } from '#lib/draw/salts'
import { ticketOf } from '#lib/draw/ticket'
import { ANSWERED_AT, BEACON, must, proofsFor, rulesFor, seededRandom, shuffled } from './fixtures.js'

type Random = (below: number) => number
type Leaving = { readonly seat: number; readonly leaver: string; readonly proofs: Proofs | null }

/** What a second implementation is given: everything that a draw is a function of, and nothing that follows. */
export type DrawCase = {
  readonly saltKey: string
  readonly plan: PlanIdentity
  readonly rules: DrawRules
  readonly candidates: readonly Candidate[]
  readonly proofs: Proofs
  readonly departures: readonly Leaving[]
}

/** Ids and names that sort otherwise by UTF-16 than by UTF-8, or have several spellings. */
const LETTERS = ['E', 'Z', 'é', '专', '𠮷', '\uff21', 'ﬀ']
const SPECIALTIES = ['GEO', 'STRUCT', 'MONITOR', '安全', 'GEO+HYDRO']
const PLANS: readonly Omit<PlanIdentity, 'round'>[] = [
  { permit: ' 4501０3—2026\u30fc01 ', categories: ['pit', 'LIFT', 'PIT'], part: 'A\u200b-07 深基坑' },
  { permit: '450103202601150101', categories: ['FWK'], part: 'e\u0301tage 𠮷' },
  { permit: '监督 2026\u2212０７', categories: ['TUN_M', 'CW', 'pc'], part: '换乘通道（东）' },
]

/** One case in so many is of level L3: signatures of a beacon take their time. */
const TIMED = 12

/** The case of a number and what this implementation makes of it. The same number always gives the same. */
export function randomCase(number: number): { given: DrawCase; expected: unknown } {
  const random = seededRandom(`second implementation ${number}`)
  const saltKey = sha256(utf8(`salt ${number}`))
  const plan = { ...PLANS[random(PLANS.length)]!, round: 1 + random(3) }
  const folded = normalPlanIdentity(plan)
  const key = planKey(folded)
  const candidates = randomCandidates(random)
  const drawn = randomRules(
    random,
    saltKeyCommitment(saltKey),
    new Set(candidates.map((one) => one.specialty))
  )
  const rules = number % TIMED === 0 && drawn.level === 'L2' ? timed(drawn, random) : drawn
  const { leaves, openings } = buildPool(candidates, { saltKey, planKey: key, round: plan.round })
  const frozen = {
    plan: folded,
    planKey: key,
    rulesHash: rulesHash(rules),
    saltKeyCommitment: saltKeyCommitment(saltKey),
    leaves,
    openings,
    poolRoot: poolRoot(leaves),
  }
  const given = { saltKey: toHex(saltKey), plan, rules, candidates: shuffled(candidates, random) }
  const chances = chancesOf(leaves, rules)
  if (!chances.ok) {
    const none = { server: '00'.repeat(80), witness: null }
    const expected = { ...frozen, chances: { error: chances.error } }
    return { given: { ...given, proofs: none, departures: [] }, expected }
  }
  const draw = { planKey: key, round: plan.round, rules, leaves }
  const prepared = must(prepareDraw(draw))
  const proofs = randomProofs(prepared.drawId, rules, random)
  const { result } = must(completeDraw(draw, prepared, proofs))
  const seed = must(drawSeed(rules, prepared.drawId, proofs))
  const eligible = leaves.filter(({ excluded }) => excluded === null)
  const { drawId } = prepared
  const state: DrawState = { ...draw, drawId, cap: result.cap, seats: result.seats, left: new Set() }
  const departures = leaveInTurn(state, random, rules)
  const { cap, denominator, possibleSets } = chances.value
  return {
    given: { ...given, proofs, departures: departures.map(({ leaving }) => leaving) },
    expected: {
      ...frozen,
      chances: {
        cap,
        denominator: String(denominator),
        possibleSets: String(possibleSets),
        byExpert: Object.fromEntries(
          eligible.map((leaf) => {
            const { num, den } = chanceOf(chances.value, leaf)
            return [leaf.id, `${num}/${den}`]
          })
        ),
      },
      drawId,
      seed: toHex(seed),
      tickets: Object.fromEntries(eligible.map(({ id }) => [id, toHex(ticketOf(seed, plan.round, 0, id))])),
      result,
      defaultPanel: defaultPanel(result.seats, rules),
      departures: departures.map(({ outcome }) => outcome),
    },
  }
}

/** Seats given up one after the other: mostly held ones, replacements too, sometimes one that nobody holds. */
function leaveInTurn(start: DrawState, random: Random, rules: DrawRules) {
  let state = start
  const done: { leaving: Leaving; outcome: unknown }[] = []
  const count = random(4) === 0 ? 9 + random(4) : random(4)
  for (let i = 0; i < count; i++) {
    const held = state.seats.filter(({ seat }) => !state.left.has(seat))
    const [seat, leaver] =
      random(12) === 0 || held.length === 0 ? [99, 'E0001'] : placeOf(held[random(held.length)]!)
    const prepared = prepareReplacement(state, seat)
    const number = state.left.size + 1
    if (!prepared.ok) {
      const { code } = prepared.error
      done.push({ leaving: { seat, leaver, proofs: null }, outcome: { number, error: { code } } })
      if (code !== 'seat_not_held') state = vacate(state, seat)
      continue
    }
    const { input, widened, candidates } = prepared.value
    const proofs = randomProofs(input, rules, random)
    const performed = must(performReplacement(state, seat, proofs))
    done.push({
      leaving: { seat, leaver, proofs },
      outcome: {
        number,
        input,
        widened,
        candidates: candidates.map(({ id }) => id).sort(compareIds),
        seed: toHex(must(replacementSeed(rules, input, proofs))),
        taken: performed.replacement,
      },
    })
    state = performed.state
  }
  return done
}

/** With a chain whose rounds are of another length, or have not begun when the witness answers. */
function timed(rules: DrawRules, random: Random): DrawRules {
  const genesis = ANSWERED_AT - random(1000) + (random(3) === 0 ? 5000 : 0)
  return { ...rules, level: 'L3', beacon: { ...BEACON.chain, period: 1 + random(30), genesis } }
}

function randomProofs(input: string, { level, beacon }: DrawRules, random: Random): Proofs {
  return beacon ? proofsFor(input, level, ANSWERED_AT + random(1000), beacon) : proofsFor(input, level)
}

function placeOf({ seat, id }: { seat: number; id: string }): [number, string] {
  return [seat, id]
}

function randomCandidates(random: Random): Candidate[] {
  const count = random(12) === 0 ? 8 + random(8) : 36 + random(random(3) === 0 ? 84 : 40)
  const employers = random(12) === 0 ? 3 + random(4) : 14 + random(20)
  const specialties = 1 + random(SPECIALTIES.length)
  return Array.from({ length: count }, (_, i): Candidate => {
    const employer = Math.min(random(employers), random(employers))
    const cameBy = { step: 'neighbouring_city', from: '柳州' }
    return {
      id: `${LETTERS[random(LETTERS.length)]}${String(i + 1).padStart(4, '0')}`.normalize('NFC'),
      name: `专家${LETTERS[random(LETTERS.length)]}${i}`.normalize('NFC'),
      employerId: `单位-${employer}`,
      employerName: `单位${employer}有限公司`,
      specialty: SPECIALTIES[Math.min(random(specialties), random(specialties))]!,
      excluded: random(6) === 0 ? 'party_employer+on_leave' : null,
      ...(random(25) === 0 ? { cameBy } : {}),
    }
  })
}

function randomRules(random: Random, commitment: string, present: ReadonlySet<string>): DrawRules {
  const alone = random(6) === 0
  return rulesFor({
    saltKeyCommitment: commitment,
    maxPerEmployer: random(12) === 0 ? 1 : 2 + random(4),
    quotas: random(3) === 0 ? [] : randomQuotas(random, present),
    replacementSpecialty: random(2) === 0 ? 'keep' : 'keep_then_any',
    panel: {
      size: [3, 5, 7][random(3)]!,
      mainSpecialty: 'GEO',
      minMain: random(4),
      minSpecialties: 1 + random(3),
    },
    ...(alone ? { level: 'L1', witnessKey: null } : {}),
    ...(random(10) === 0
      ? { widening: [{ step: 'neighbouring_city', because: 'pool_too_small' as const }] }
      : {}),
  })
}

function randomQuotas(random: Random, present: ReadonlySet<string>): DrawRules['quotas'] {
  let room = 10
  return [...SPECIALTIES, 'NOBODY']
    .sort(compareIds)
    .filter((specialty) => random(2) === 0 && (present.has(specialty) || random(8) === 0))
    .map((specialty) => {
      const most = specialty === 'NOBODY' ? 1 : random(10) === 0 ? 6 : 3
      const min = Math.min(room, random(most))
      room -= min
      return { specialty, min, max: Math.min(10, min + 1 + random(7)) }
    })
}
