import { roundAfter } from '#lib/draw/beacon'
import { timeOfRound } from '#lib/drand'
import { rulesHash } from '#lib/draw/rules'
import { sha256, utf8 } from '#lib/bytes'
import { KEY_TYPE, signerKey, type SignerKey } from '#lib/tlog/keys'
import { formatNote } from '#lib/tlog/note'
import { cosignNote, signNote } from '#lib/tlog/sign_note'
import { COSIGNED_AT, LOG, WITNESS } from '#tests/support/made_ledger'
import { localBeacon } from '#tests/support/local_beacon'
import type { Alteration } from './alterations.js'
import { ANSWERED_AT, BEACON, proofsFor } from './fixtures.js'

const OTHER = localBeacon(8)
/** A compressed point of this abscissa, in as many bytes. */
const point = (flags: string, abscissa: bigint, bytes: number) =>
  flags + abscissa.toString(16).padStart(bytes * 2 - 2, '0')
const P = 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn
/** Abscissas that are on the curve (of G1, of its twist), outside of the group. */
const OUTSIDE = { g1: 4n, g2: 2n }

const dueOf = (time: number) => timeOfRound(BEACON.chain, roundAfter(BEACON.chain, time))
const again = (e: any) => (e.rulesHash = rulesHash(e.rules))
const negated = (signature: string) => {
  return (Number.parseInt(signature.slice(0, 2), 16) ^ 0x20).toString(16) + signature.slice(2)
}

/** Of evidence at level L3 that has two departures, each with a replacement. */
export const TIMED_ALTERATIONS: readonly (readonly [name: string, change: Alteration])[] = [
  ['beacon: none', (e) => delete e.proofs.beacon],
  [
    'beacon: none, nor its entry',
    (e) => {
      delete e.proofs.beacon
      delete e.awaited
    },
  ],
  [
    'beacon: none, nor the witness',
    (e) => {
      e.proofs = { server: e.proofs.server, witness: null }
      delete e.awaited
    },
  ],
  ['awaited: none', (e) => delete e.awaited],
  ['awaited: null', (e) => (e.awaited = null)],
  ['awaited: the commit', (e) => (e.awaited = e.commit)],
  ['awaited: of a departure', (e) => (e.awaited = e.departures[0].replacement.awaited)],
  ['awaited: another index', (e) => (e.awaited.index += 1)],
  ['awaited: before the commit', (e) => (e.awaited.index = e.commit.index)],
  ['awaited: another leaf', (e) => (e.awaited.leaf = e.awaited.leaf.replace('Z', '0'))],
  ['awaited: another path', (e) => (e.awaited.proof = e.commit.proof)],
  ['awaited: another salt', (e) => (e.awaited.salt = '00'.repeat(32))],
  ['awaited: another round', (e) => (e.awaited.payload.beaconRound += 1)],
  ['awaited: due later', (e) => (e.awaited.payload.due += 3)],
  ['awaited: another input', (e) => (e.awaited.payload.input = '00'.repeat(32))],
  ['awaited: nobody cosigned', (e) => cosigned(e.awaited, [])],
  ['awaited: cosigned when it was out', (e) => cosigned(e.awaited, [[WITNESS, dueOf(ANSWERED_AT)]])],
  ['departure: none awaited', (e) => delete e.departures[1].replacement.awaited],
  ['departure: the draw’s awaited', (e) => (e.departures[1].replacement.awaited = e.awaited)],
  [
    'departure: awaited of another',
    ({ departures: [one, two] }) => (one.replacement.awaited = two.replacement.awaited),
  ],
  [
    'departure: cosigned when it was out',
    (e) => cosigned(e.departures[0].replacement.awaited, [[WITNESS, dueOf(ANSWERED_AT)]]),
  ],
  ['beacon: null', (e) => (e.proofs.beacon = null)],
  ['beacon: spare field', (e) => (e.proofs.beacon.round = 1)],
  ['beacon: no witness', (e) => (e.proofs.witness = null)],
  ['time: moved, the same round', (e) => (e.proofs.beacon.time += 1)],
  ['time: moved back', (e) => (e.proofs.beacon.time -= 3600)],
  ['time: below zero', (e) => (e.proofs.beacon.time = -1)],
  ['time: the last', (e) => (e.proofs.beacon.time = 2 ** 40)],
  ['time: past the last', (e) => (e.proofs.beacon.time = 2 ** 40 + 1)],
  ['time: text', (e) => (e.proofs.beacon.time = '0')],
  ['time: another answer', (e) => (e.proofs = proofsFor(e.drawId, 'L3', ANSWERED_AT + 100))],
  ['time: of the cosignature', (e) => (e.proofs = proofsFor(e.drawId, 'L3', COSIGNED_AT))],
  ['time: before the cosignature', (e) => (e.proofs = proofsFor(e.drawId, 'L3', COSIGNED_AT - 1))],
  ['time: none in the input', (e) => (e.proofs.witness = proofsFor(e.drawId).witness)],
  [
    'signature: of another round',
    (e) => (e.proofs.beacon.signature = BEACON.sign(roundAfter(BEACON.chain, ANSWERED_AT) + 1)),
  ],
  [
    'signature: of another beacon',
    (e) => (e.proofs.beacon.signature = OTHER.sign(roundAfter(BEACON.chain, ANSWERED_AT))),
  ],
  ['signature: negated', (e) => (e.proofs.beacon.signature = negated(e.proofs.beacon.signature))],
  ['signature: identity', (e) => (e.proofs.beacon.signature = point('c0', 0n, 48))],
  ['signature: not compressed', (e) => (e.proofs.beacon.signature = point('00', 0n, 48))],
  ['signature: outside of the group', (e) => (e.proofs.beacon.signature = point('80', OUTSIDE.g1, 48))],
  ['signature: off the curve', (e) => (e.proofs.beacon.signature = point('80', 1n, 48))],
  ['signature: not reduced', (e) => (e.proofs.beacon.signature = `9a${P.toString(16).slice(2)}`)],
  ['signature: short', (e) => (e.proofs.beacon.signature = e.proofs.beacon.signature.slice(2))],
  ['signature: upper case', (e) => (e.proofs.beacon.signature = e.proofs.beacon.signature.toUpperCase())],
  ['chain: another scheme', (e) => (e.rules.beacon.scheme = 'pedersen-bls-unchained')],
  ['chain: another name', (e) => (e.rules.beacon.chain = '22'.repeat(32))],
  [
    'chain: another name, hashed',
    (e) => {
      e.rules.beacon.chain = '22'.repeat(32)
      again(e)
    },
  ],
  ['chain: another key', (e) => (e.rules.beacon.publicKey = OTHER.chain.publicKey)],
  ['chain: key is the identity', (e) => (e.rules.beacon.publicKey = point('c0', 0n, 96))],
  ['chain: key off the curve', (e) => (e.rules.beacon.publicKey = point('80', 1n, 96))],
  ['chain: key outside of the group', (e) => (e.rules.beacon.publicKey = point('80', OUTSIDE.g2, 96))],
  ['chain: key not compressed', (e) => (e.rules.beacon.publicKey = point('00', 1n, 96))],
  ['chain: short key', (e) => (e.rules.beacon.publicKey = 'ab')],
  ['chain: period 0', (e) => (e.rules.beacon.period = 0)],
  ['chain: longest period', (e) => (e.rules.beacon.period = 3600)],
  ['chain: longer period', (e) => (e.rules.beacon.period = 3601)],
  ['chain: genesis below zero', (e) => (e.rules.beacon.genesis = -1)],
  ['chain: last genesis', (e) => (e.rules.beacon.genesis = 2 ** 40)],
  ['chain: later genesis', (e) => (e.rules.beacon.genesis = 2 ** 40 + 1)],
  ['chain: spare field', (e) => (e.rules.beacon.spare = 1)],
  ['chain: none', (e) => delete e.rules.beacon],
  ['chain: null', (e) => (e.rules.beacon = null)],
  ['level: L2 with a chain', (e) => (e.rules.level = 'L2')],
  ['level: L4', (e) => (e.rules.level = 'L4')],
  ['level: L3 with one key for both', (e) => (e.rules.witnessKey = e.rules.serverKey)],
  ['level: L3 without a witness', (e) => (e.rules.witnessKey = null)],
  ['departure: no beacon', (e) => delete e.departures[1].replacement.proofs.beacon],
  [
    'departure: no beacon, nor its entry',
    ({ departures: [, two] }) => {
      delete two.replacement.proofs.beacon
      delete two.replacement.awaited
    },
  ],
  [
    'departure: beacon of the draw',
    (e) => (e.departures[1].replacement.proofs.beacon.signature = BEACON.sign(1)),
  ],
  ['departure: time moved', (e) => (e.departures[1].replacement.proofs.beacon.time += 1)],
  ['departure: no time', (e) => (e.departures[1].replacement.proofs.beacon.time = null)],
  [
    'departure: another answer',
    ({ departures: [one] }) =>
      (one.replacement.proofs = proofsFor(one.replacement.input, 'L3', ANSWERED_AT + 100)),
  ],
  [
    'departure: before the cosignature',
    ({ departures: [one] }) =>
      (one.replacement.proofs = proofsFor(one.replacement.input, 'L3', COSIGNED_AT - 1)),
  ],
]

/** Of evidence at another level. */
export const UNTIMED_ALTERATIONS: readonly (readonly [name: string, change: Alteration])[] = [
  [
    'L2: a beacon and an entry',
    (e) => {
      e.proofs.beacon = proofsFor(e.drawId, 'L3').beacon
      e.awaited = e.commit
    },
  ],
  ['L2: an entry', (e) => (e.awaited = e.commit)],
  ['L2: a beacon', (e) => (e.proofs.beacon = proofsFor(e.drawId, 'L3').beacon)],
  ['L2: another than a beacon', (e) => (e.proofs.beacon = {})],
  ['L2: proofs with a time', (e) => (e.proofs = proofsFor(e.drawId, 'L3'))],
  [
    'L2: a beacon of a departure',
    ({ departures: [one] }) =>
      (one.replacement.proofs.beacon = proofsFor(one.replacement.input, 'L3').beacon),
  ],
  ['L2: a chain', (e) => (e.rules.beacon = BEACON.chain)],
  ['L2: made L3', (e) => Object.assign(e.rules, { level: 'L3', beacon: BEACON.chain })],
]

/** A second witness, whose lines some of the following have. */
export const SECOND = signerKey('witness.example/x', KEY_TYPE.cosignature, sha256(utf8('second witness')))

/** What is signed below an entry, with the witnesses' lines of these times. */
export function cosigned(place: any, lines: readonly (readonly [SignerKey, number])[]) {
  const [head, body] = place.proof.split('\n\n')
  const text = `${body}\n`
  const signatures = [signNote(LOG, text), ...lines.map(([key, time]) => cosignNote(key, text, time))]
  place.proof = `${head}\n\n${formatNote({ text, signatures })}`
}

/** Evidence at level L3, answered at ANSWERED_AT, with other cosignatures below the commit. */
export const COSIGNATURES: readonly (readonly [name: string, change: Alteration])[] = [
  [
    'cosigned: by both before',
    (e) =>
      cosigned(e.commit, [
        [WITNESS, ANSWERED_AT - 9],
        [SECOND, ANSWERED_AT],
      ]),
  ],
  [
    'cosigned: by one later',
    (e) =>
      cosigned(e.commit, [
        [WITNESS, ANSWERED_AT - 9],
        [SECOND, ANSWERED_AT + 9],
      ]),
  ],
  [
    'cosigned: by the other later',
    (e) =>
      cosigned(e.commit, [
        [SECOND, ANSWERED_AT - 9],
        [WITNESS, ANSWERED_AT + 9],
      ]),
  ],
  ['cosigned: later', (e) => cosigned(e.commit, [[WITNESS, ANSWERED_AT + 9]])],
  [
    'cosigned: twice by one',
    (e) =>
      cosigned(e.commit, [
        [WITNESS, ANSWERED_AT + 9],
        [WITNESS, ANSWERED_AT - 9],
      ]),
  ],
  [
    'cosigned: twice by one, the earlier first',
    (e) =>
      cosigned(e.commit, [
        [WITNESS, ANSWERED_AT - 9],
        [WITNESS, ANSWERED_AT + 9],
      ]),
  ],
  [
    'cosigned: again, falsely',
    (e) => {
      cosigned(e.commit, [
        [WITNESS, ANSWERED_AT - 9],
        [WITNESS, ANSWERED_AT - 8],
      ])
      e.commit.proof = e.commit.proof.replace(/..==\n$|..=\n$|...\n$/, (end: string) => `AA${end.slice(2)}`)
    },
  ],
  ['cosigned: the second alone', (e) => cosigned(e.commit, [[SECOND, ANSWERED_AT + 9]])],
  ['cosigned: by nobody', (e) => cosigned(e.commit, [])],
  ['cosigned: awaited just in time', (e) => cosigned(e.awaited, [[WITNESS, dueOf(ANSWERED_AT) - 1]])],
  [
    'cosigned: awaited by one in time',
    (e) =>
      cosigned(e.awaited, [
        [WITNESS, dueOf(ANSWERED_AT) + 9],
        [SECOND, dueOf(ANSWERED_AT) - 1],
      ]),
  ],
  ['cosigned: refusal later', (e) => cosigned(e.departures[0].refusal, [[WITNESS, ANSWERED_AT + 9]])],
  ['cosigned: refusal by nobody', (e) => cosigned(e.departures[0].refusal, [])],
]
