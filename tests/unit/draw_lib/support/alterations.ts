import { sha256, toHex, utf8 } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'
import type { DrawEvidence } from '#lib/draw/evidence'
import { poolRoot } from '#lib/draw/pool'
import { rulesHash } from '#lib/draw/rules'
import { proofsFor } from './fixtures.js'

/** Changes a copy of evidence that has three departures, each with a replacement. */
export type Alteration = (copy: any, genuine: DrawEvidence) => void

const HASH = toHex(sha256(utf8('another')))
/** A value there lies inside 64 lists and records, with those of the document around it. */
const DEEPEST = 61

function nested(depth: number, inside: unknown): unknown {
  return depth === 0 ? inside : [nested(depth - 1, inside)]
}

/** One for each code and for each place where two readers of the document took it differently. */
export const ALTERATIONS: readonly (readonly [name: string, change: Alteration])[] = [
  ['rules: spare field', (e) => (e.rules.spare = null)],
  ['rules: cap 11', (e) => (e.rules.maxPerEmployer = 11)],
  ['rules: empty text', (e) => (e.rules.regulation.id = '')],
  ['rules: one key for both', (e) => (e.rules.witnessKey = e.rules.serverKey)],
  ['rules: another hash', (e) => (e.rules.regulation.hash = HASH)],
  ['rules hash', (e) => (e.rulesHash = HASH)],
  [
    'rules and their hash',
    (e) => {
      e.rules.maxPerEmployer = 3
      e.rulesHash = rulesHash(e.rules)
    },
  ],
  ['leaf: v 2 alone', (e) => (e.pool[0].v = 2)],
  ['leaf: came by no step', (e) => Object.assign(e.pool[0], { v: 2, cameBy: { step: 's', from: 'f' } })],
  ['leaf: no employer', (e) => (e.pool[0].employer = 0)],
  ['leaf: empty specialty', (e) => (e.pool[0].specialty = '')],
  ['leaf: long text', (e) => (e.pool[0].excluded = 'x'.repeat(1001))],
  ['leaf: excluded', (e) => (e.pool[0].excluded = 'interest')],
  ['leaf: other salt', (e) => (e.pool[3].salt = HASH)],
  ['pool: order', (e) => e.pool.reverse()],
  ['pool: one twice', (e) => e.pool.splice(1, 0, e.pool[0])],
  [
    'pool and its root',
    (e) => {
      e.pool.pop()
      e.poolRoot = poolRoot(e.pool)
    },
  ],
  ['plan: not folded', (e) => (e.plan.part = 'a-07')],
  ['plan: another', (e) => (e.plan.part = 'A-99')],
  ['plan: categories out of order', (e) => e.plan.categories.reverse()],
  ['plan: empty category', (e) => e.plan.categories.unshift('')],
  ['plan: empty part', (e) => (e.plan.part = '')],
  ['plan: round 0', (e) => (e.plan.round = 0)],
  ['plan: round 2', (e) => (e.plan.round = 2)],
  ['plan key', (e) => (e.planKey = HASH)],
  ['draw id', (e) => (e.drawId = HASH)],
  ['draw id: upper case', (e) => (e.drawId = e.drawId.toUpperCase())],
  ['commit: time', (e) => (e.commit.at = '2026-03-13')],
  ['commit: no text', (e) => (e.commit.stream = '')],
  ['commit: another leaf hash', (e) => (e.commit.leafHash = HASH)],
  ['commit: another entry', (e) => Object.assign(e.commit, e.departures[0].refusal)],
  ['commit: far index', (e) => (e.commit.index = 2 ** 20)],
  ['commit: index without end', (e) => (e.commit.index = 2 ** 49)],
  ['commit: payload', (e) => (e.commit.payload.round = 7)],
  ['commit: payload is a list', (e) => (e.commit.payload = [])],
  ['commit: salt', (e) => (e.commit.salt = HASH)],
  ['commit: short salt', (e) => (e.commit.salt = 'ab')],
  ['commit: spare field', (e) => (e.commit.more = 1)],
  ['nested: an empty list as deep as may be', (e) => (e.commit.payload.deep = nested(DEEPEST, []))],
  ['nested: a number as deep as may be', (e) => (e.commit.payload.deep = nested(DEEPEST, 1))],
  ['level', (e) => Object.assign(e.rules, { level: 'L1', witnessKey: null })],
  ['server: malformed', (e) => (e.proofs.server = 'ab')],
  ['server: none', (e) => (e.proofs.server = null)],
  ['server: the witness’s', (e) => (e.proofs.server = e.proofs.witness)],
  ['witness: none', (e) => (e.proofs.witness = null)],
  ['witness: the server’s', (e) => (e.proofs.witness = e.proofs.server)],
  ['opening: name', (e) => (e.openings[1].name = '别人')],
  ['opening: nobody', (e) => (e.openings[1].id = 'X')],
  ['opening: empty', (e) => (e.openings[1].employer = '')],
  ['result: cap', (e) => (e.result.cap = 9)],
  ['result: spare field', (e) => (e.result.spare = 1)],
  ['result: seats', (e) => e.result.seats.reverse()],
  ['result: none', (e) => (e.result = null)],
  ['panel: another', (e) => (e.defaultPanel = [1, 2, 3])],
  ['panel: ids', (e) => (e.defaultPanel = e.result.seats.slice(0, 5).map(({ id }: any) => id))],
  ['departure: seat 21', (e) => (e.departures[0].seat = 21)],
  ['departure: seat not held', (e) => (e.departures[0].seat = 20)],
  ['departure: seat of another', (e) => (e.departures[0].seat = 4)],
  ['departure: seat left before', (e) => (e.departures[1].seat = 3)],
  ['departure: leaver', (e) => (e.departures[0].leaver = 'X')],
  ['departure: nobody came', (e) => (e.departures[0].replacement = null)],
  ['departure: taken out of the middle', (e) => e.departures.splice(1, 1)],
  ['departure: order', (e) => e.departures.reverse()],
  ['departure: number', (e) => (e.departures[1].replacement.number = 1)],
  ['departure: number 11', (e) => (e.departures[1].replacement.number = 11)],
  ['departure: widened', (e) => (e.departures[1].replacement.widened = true)],
  ['departure: input', (e) => (e.departures[1].replacement.input = HASH)],
  ['departure: server', (e) => (e.departures[1].replacement.proofs.server = e.proofs.server)],
  ['departure: witness', (e) => (e.departures[1].replacement.proofs.witness = null)],
  ['departure: other input', (e) => (e.departures[1].replacement.proofs = proofsFor(HASH))],
  ['departure: taken', (e) => (e.departures[1].replacement.taken.id = 'X')],
  ['departure: pin', (e) => (e.departures[1].replacement.taken.pin = 1)],
  ['refusal: again', (e) => (e.departures[1].refusal = e.departures[0].refusal)],
  [
    'refusal: again, index moved',
    (e, { departures: [first] }) => {
      e.departures[1].refusal = { ...first!.refusal, index: first!.refusal.index + 1 }
    },
  ],
  ['refusal: index of another', (e) => (e.departures[1].refusal.index = e.departures[0].refusal.index)],
  ['refusal: before the commit', (e) => (e.departures[0].refusal.index = 1)],
  ['refusal: stream', (e) => (e.departures[0].refusal.stream = 'other')],
  ['refusal: leaf hash', (e) => (e.departures[0].refusal.leafHash = HASH)],
  ['refusal: far index', (e) => (e.departures[0].refusal.index = 2 ** 20)],
  ['refusal: payload', (e) => (e.departures[0].refusal.payload.seat = 4)],
  ['refusal: salt', (e) => (e.departures[2].refusal.salt = HASH)],
  ['refusal: not opened', (e) => delete e.departures[0].refusal.payload],
  ['refusal: no entry', (e) => (e.departures[0].refusal.leaf = '{}')],
  [
    'two at once',
    (e) => {
      e.departures[0].replacement.number = 2
      e.departures[1].refusal.stream = 'other'
    },
  ],
  [
    'two at once, in one',
    (e) => {
      e.departures[0].leaver = 'X'
      e.departures[0].refusal.stream = 'other'
    },
  ],
]

/** Of evidence of a second round. */
export const ROUND_ALTERATIONS: readonly (readonly [name: string, change: Alteration])[] = [
  ['round before: none', (e) => delete e.roundBefore],
  ['round before: null', (e) => (e.roundBefore = null)],
  ['round before: not opened', (e) => delete e.roundBefore.payload],
  ['round before: another entry', (e) => (e.roundBefore = e.commit)],
  ['round before: a refusal', (e, { departures: [first] }) => (e.roundBefore = first!.refusal)],
  ['round before: after the commit', (e) => (e.roundBefore.index = e.commit.index)],
  ['round before: index of another', (e) => (e.roundBefore.index -= 1)],
  ['round before: stream', (e) => (e.roundBefore.stream = 'other')],
  ['round before: leaf hash', (e) => (e.roundBefore.leafHash = HASH)],
  ['round before: payload', (e) => (e.roundBefore.payload.round = 2)],
  ['round before: payload is a list', (e) => (e.roundBefore.payload = [])],
  ['round before: salt', (e) => (e.roundBefore.salt = HASH)],
  ['round before: unsigned', (e) => (e.roundBefore.proof = unsigned(e.roundBefore.proof))],
  ['plan: round 3', (e) => (e.plan.round = 3)],
  ['plan: round 1', (e) => (e.plan.round = 1)],
]

/** A proof with a line of nobody's under its checkpoint. */
function unsigned(proof: string): string {
  return `${proof.slice(0, proof.indexOf('\n\n\u2014') + 2)}\u2014 nobody AAAAAAAA\n`
}

const VALUES: readonly unknown[] = [null, true, 0, 1, -1, 2 ** 40, '', 'x', HASH, [], {}, [[]], { a: {} }]

/** A copy in which one value, anywhere, is another. */
export function alteredAt(
  evidence: DrawEvidence,
  random: (below: number) => number
): { place: string; text: string } {
  const copy: any = structuredClone(evidence)
  let holder: any = copy
  const names: string[] = []
  for (;;) {
    const keys = Object.keys(holder)
    const key = keys[random(keys.length)]!
    names.push(key)
    const value = holder[key]
    const inner = typeof value === 'object' && value !== null && Object.keys(value).length > 0
    if (inner && random(5) > 0) {
      holder = value
      continue
    }
    holder[key] = VALUES[random(VALUES.length)]
    return { place: names.join('/'), text: canonicalJson(copy) }
  }
}
