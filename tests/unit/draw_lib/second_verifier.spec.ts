import { test } from '@japa/runner'
import { sha256, toHex, utf8 } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'
import type { DrawEvidence } from '#lib/draw/evidence'
import type { DrawTrust } from '#lib/draw/verify_evidence'
import { KEY_TYPE, signerKey } from '#lib/tlog/keys'
import { WITNESS } from '#tests/support/made_ledger'
import { judgedByOther, judgedHere, python, type Judgement } from '#tests/support/second_verifier'
import {
  BEACON,
  evidenceOf,
  QUOTAS,
  seededRandom,
  TRUST,
  widenedCandidates,
  WIDENING,
} from './support/fixtures.js'
import { ALTERATIONS, alteredAt, ROUND_ALTERATIONS, type Alteration } from './support/alterations.js'
import { COSIGNATURES, SECOND, TIMED_ALTERATIONS, UNTIMED_ALTERATIONS } from './support/timed_alterations.js'

const ALONE = { ...TRUST, witnessVrfKeys: [] }
/** The eleventh finds the numbers used up. */
const MANY = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]

const caps = evidenceOf({ leaving: [3, 7, 11] })
const quotas = evidenceOf({ rules: { quotas: QUOTAS, replacementSpecialty: 'keep_then_any' }, leaving: MANY })
const widened = evidenceOf({
  candidates: widenedCandidates(),
  rules: { quotas: QUOTAS, widening: WIDENING },
  leaving: [2],
})
const alone = evidenceOf({ rules: { level: 'L1', witnessKey: null }, leaving: [5] })
const timed = evidenceOf({ rules: { level: 'L3', beacon: BEACON.chain }, leaving: [3, 7] })
const second = evidenceOf({ plan: { round: 2 }, leaving: [4] })
const GENUINE = { caps, quotas, widened, alone, second }
const PINNED = { ...TRUST, beacons: [BEACON.chain] }

const HASH = toHex(sha256(utf8('another')))
/** What the log may say of another round, plan or draw. */
const FAILED_OTHERWISE: readonly (readonly [string, object])[] = [
  ['of another plan', { planKey: HASH }],
  ['of another draw', { drawId: HASH }],
  ['of a draw by other rules', { rulesHash: HASH }],
  ['of round 2', { round: 2 }],
  ['of round 1 as a text', { round: '1' }],
  ['hashes that are none', { poolRoot: 'x' }],
]

type Document = { readonly name: string; readonly text: string }

/** What is said here of each document; throws where the other implementation says otherwise. */
function agreed(documents: readonly Document[], trust: DrawTrust = TRUST): Judgement[] {
  const theirs = judgedByOther(
    documents.map(({ text }) => text),
    trust
  ).judgements
  const ours = documents.map(({ text }) => judgedHere(text, trust))
  const differing = documents.flatMap(({ name }, i) => {
    const [here, there] = [canonicalJson(ours[i]), canonicalJson(theirs[i])]
    return here === there ? [] : [`${name}: ${here} here, ${there} there`]
  })
  if (differing.length > 0) throw new Error(differing.join('\n'))
  return ours
}

function altered(evidence: DrawEvidence, change: Alteration): string {
  const copy = structuredClone(evidence)
  change(copy, caps)
  return canonicalJson(copy)
}

test.group('A second verifier of evidence, in Python, written from docs/draw/SPEC.md alone', () => {
  test('DRAW-9: takes for genuine what is, and its exit codes are those of npm run verify', ({ assert }) => {
    for (const [name, evidence] of Object.entries(GENUINE)) {
      const trust = name === 'alone' ? ALONE : TRUST
      const text = canonicalJson(evidence)
      assert.deepEqual(judgedHere(text, trust), { verdict: 'genuine', first: null }, name)
      const said = judgedByOther([text], trust)
      assert.deepEqual(said, { judgements: [{ verdict: 'genuine', first: null }], exit: 0 }, name)
    }
    const text = canonicalJson(caps)
    const nobodys = { ...TRUST, serverVrfKeys: [] }
    assert.deepEqual(judgedByOther([text], nobodys), { judgements: [judgedHere(text, nobodys)], exit: 1 })
    assert.equal(judgedByOther([text.replace('"cap":', '"cop":')], TRUST).exit, 1)
    assert.equal(judgedByOther([text, `${text}\n`, text], TRUST).exit, 2)
    assert.equal(python(['verify_evidence.py', 'no/such/file']).status, 2)
    assert.equal(python(['verify_evidence.py']).status, 2)
  }).timeout(120_000)

  test('DRAW-9: names the same first check for each alteration, and none passes', ({ assert }) => {
    const documents = ALTERATIONS.map(([name, change]) => ({ name, text: altered(caps, change) }))
    const log = signerKey('log.example/b', KEY_TYPE.ed25519, sha256(utf8('another log')))
    const elsewhere = evidenceOf({ leaving: [3], signers: { log, witness: WITNESS } }).departures
    documents.push({
      name: 'refusal: in another ledger',
      text: canonicalJson({ ...caps, departures: elsewhere }),
    })
    documents.push(...ROUND_ALTERATIONS.map(([name, change]) => ({ name, text: altered(second, change) })))
    for (const [name, told] of FAILED_OTHERWISE) {
      const text = canonicalJson(evidenceOf({ plan: { round: 2 }, failed: told }))
      documents.push({ name: `round before: ${name}`, text })
    }
    const judgements = agreed(documents)
    judgements.forEach(({ verdict }, i) => {
      assert.include(['not_genuine', 'unreadable'], verdict, documents[i]!.name)
    })
    assert.isAbove(new Set(judgements.map(({ first }) => first)).size, 25)
  }).timeout(240_000)

  test('DRAW-9: judges draws with a public beacon alike, and names the same first check for each alteration', ({
    assert,
  }) => {
    const genuine = { name: 'genuine', text: canonicalJson(timed) }
    assert.deepEqual(agreed([genuine], PINNED), [{ verdict: 'genuine', first: null }])
    assert.deepEqual(agreed([genuine]), [
      { verdict: 'consistent_unknown_signer', first: 'beacon_key_trusted' },
    ])
    const documents = [
      ...TIMED_ALTERATIONS.map(([name, change]) => ({ name, text: altered(timed, change) })),
      ...UNTIMED_ALTERATIONS.map(([name, change]) => ({ name, text: altered(caps, change) })),
    ]
    for (const [i, { verdict }] of agreed(documents, PINNED).entries())
      assert.include(['not_genuine', 'unreadable'], verdict, documents[i]!.name)
    const signed = COSIGNATURES.map(([name, change]) => ({ name, text: altered(timed, change) }))
    const verdicts = agreed(signed, { ...PINNED, ledgerKeys: [...TRUST.ledgerKeys, SECOND] })
    assert.includeMembers(
      verdicts.map(({ first }) => first),
      [null, 'beacon_value', 'commit_checkpoint', 'departure_refusal_checkpoint']
    )
    const random = seededRandom('alterations of timed evidence')
    const anywhere = Array.from({ length: 12 }, (_, i) => {
      const { place, text } = alteredAt(timed, random)
      return { name: `${i} ${place}`, text }
    })
    agreed(anywhere, PINNED)
  }).timeout(400_000)

  test('DRAW-9: agrees on any value put anywhere', ({ assert }) => {
    const random = seededRandom('alterations')
    const documents = Array.from({ length: 120 }, (_, i) => {
      const [name, evidence] = Object.entries(GENUINE)[i % 5]!
      const { place, text } = alteredAt(evidence, random)
      return { name: `${i} ${name} ${place}`, text }
    })
    const verdicts = new Set(agreed(documents).map(({ verdict }) => verdict))
    assert.includeMembers([...verdicts], ['not_genuine', 'unreadable'])
  }).timeout(240_000)

  test('keeps its own tests', ({ assert }) => {
    const quick = ['tests.test_basics', 'tests.test_bls', 'tests.test_evidence', 'tests.test_draw.Panel']
    const more = ['tests.test_draw.Replacements', 'tests.test_draw.Draw.test_walk_by_the_letter']
    const { status, stderr } = python(['-m', 'unittest', ...quick, ...more])
    assert.equal(status, 0, stderr)
    assert.match(stderr, /^Ran 3\d tests/m)
  }).timeout(120_000)
})
