import { test } from '@japa/runner'
import { canonicalJson } from '#lib/canonical_json'
import { roundAfter } from '#lib/draw/beacon'
import { drawSeed } from '#lib/draw/entropy'
import { readRules, rulesHash } from '#lib/draw/rules'
import { verifyDrawEvidence, verifyDrawEvidenceText } from '#lib/draw/verify_evidence'
import { QUICKNET, timeOfRound } from '#lib/drand'
import { localBeacon } from '#tests/support/local_beacon'
import { COSIGNED_AT, WITNESS } from '#tests/support/made_ledger'
import { cosigned } from './support/timed_alterations.js'
import { ANSWERED_AT, BEACON, evidenceOf, proofsFor, rulesFor, TRUST } from './support/fixtures.js'

const L3 = { level: 'L3', beacon: BEACON.chain } as const
const KNOWN = { ...TRUST, beacons: [BEACON.chain] }
const evidence = evidenceOf({ rules: L3, leaving: [3, 11] })

const awaitedRound = (() => {
  const round = roundAfter(BEACON.chain, ANSWERED_AT)
  return { round, due: timeOfRound(BEACON.chain, round) }
})()

function failing(value: unknown): [string, string | null] | undefined {
  const failed = verifyDrawEvidence(value, KNOWN).checks.find(({ ok }) => !ok)
  return failed && [failed.code, failed.detail]
}

function firstFailing(change: (copy: any) => void): string | undefined {
  const copy = structuredClone(evidence)
  change(copy)
  return verifyDrawEvidence(copy, KNOWN).checks.find(({ ok }) => !ok)?.code
}

test.group('DRAW-9: level L3, with a public beacon beside both parties', () => {
  test('is genuine under pinned keys, and depends on the beacon', ({ assert }) => {
    const verification = verifyDrawEvidenceText(canonicalJson(evidence), KNOWN)
    assert.equal(verification.verdict, 'genuine')
    assert.equal(verification.level, 'L3')
    const { drawId, rules, proofs } = evidence
    const other = localBeacon(8)
    const signature = other.sign(roundAfter(other.chain, ANSWERED_AT))
    const seed = drawSeed({ ...rules, beacon: other.chain }, drawId, {
      ...proofs,
      beacon: { time: ANSWERED_AT, signature },
    })
    assert.isTrue(seed.ok)
    assert.notDeepEqual(seed, drawSeed(rules, drawId, proofs))
  })

  test('the round is the first at least a minute after the time in the log', ({ assert }) => {
    for (let second = 0; second < 7; second++) {
      const round = roundAfter(QUICKNET, ANSWERED_AT + second)
      assert.isAtLeast(timeOfRound(QUICKNET, round), ANSWERED_AT + second + 60)
      assert.isBelow(timeOfRound(QUICKNET, round - 1), ANSWERED_AT + second + 60)
    }
  })

  test('an unknown beacon says so; quicknet’s key is pinned here', ({ assert }) => {
    const unknown = verifyDrawEvidence(evidence, TRUST)
    assert.equal(unknown.verdict, 'consistent_unknown_signer')
    assert.deepEqual(
      unknown.checks.filter(({ ok }) => !ok).map(({ code }) => code),
      ['beacon_key_trusted']
    )
    const claimed = structuredClone(evidence) as any
    claimed.rules.beacon = QUICKNET
    const checks = verifyDrawEvidence(claimed, TRUST).checks
    assert.isTrue(checks.find(({ code }) => code === 'beacon_key_trusted')!.ok)
    assert.isFalse(checks.find(({ code }) => code === 'rules_hash')!.ok)
  })

  test('another round, time or signature, by whoever could have wished for it, is refused', ({ assert }) => {
    const later = (proofs: any) =>
      (proofs.beacon.signature = BEACON.sign(roundAfter(BEACON.chain, ANSWERED_AT) + 1))
    assert.equal(
      firstFailing((copy) => later(copy.proofs)),
      'beacon_value'
    )
    // The witness's proof is over the time: another time needs another answer, which it does not give.
    const moved = (proofs: any) => (proofs.beacon = proofsFor(evidence.drawId, 'L3', ANSWERED_AT + 3).beacon)
    assert.equal(
      firstFailing((copy) => moved(copy.proofs)),
      'witness_proof'
    )
    assert.equal(
      firstFailing((copy) => {
        delete copy.proofs.beacon
        delete copy.awaited
      }),
      'witness_proof'
    )
    assert.equal(
      firstFailing((copy) => (copy.proofs.witness = proofsFor(evidence.drawId).witness)),
      'witness_proof'
    )
    assert.equal(
      firstFailing((copy) => (copy.proofs.beacon.signature = '00'.repeat(48))),
      'beacon_value'
    )
    assert.equal(
      firstFailing((copy) => (copy.proofs.beacon.round = 5)),
      'readable'
    )
    const departure = (change: (proofs: any) => void) =>
      firstFailing((copy) => change(copy.departures[1].replacement.proofs))
    assert.equal(departure(later), 'departure_beacon_value')
  })

  test('a time before the witness saw the commit, or the refusal, is refused', ({ assert }) => {
    const early = evidenceOf({ rules: L3, leaving: [3], time: COSIGNED_AT - 1 })
    assert.deepEqual(failing(early), ['beacon_value', 'beacon_before_entry'])
    const refused = evidenceOf({ rules: L3, leaving: [3], timeOfReplacements: COSIGNED_AT - 1 })
    assert.deepEqual(failing(refused), ['departure_beacon_value', '0'])
  })

  test('a round that was out when a cosigner first saw it in the log is refused', ({ assert }) => {
    const { round, due } = awaitedRound
    assert.isAbove(due, ANSWERED_AT + 59)
    // Server and witness together: whatever they sign, another cosigner saw the entry when the value was known.
    const late = structuredClone(evidence) as any
    cosigned(late.awaited, [[WITNESS, due]])
    assert.deepEqual(failing(late), ['beacon_awaited', 'beacon_round_out'])
    cosigned(late.awaited, [[WITNESS, due - 1]])
    assert.isUndefined(failing(late))
    const replaced = structuredClone(evidence) as any
    cosigned(replaced.departures[0].replacement.awaited, [[WITNESS, due]])
    assert.deepEqual(failing(replaced), ['departure_beacon_awaited', '0'])
    assert.equal(roundAfter(BEACON.chain, ANSWERED_AT), round)
  })

  test('the log’s entry of the round: missing, of another step, opened falsely, before what it follows', ({
    assert,
  }) => {
    const wrong: [string, (copy: any) => void][] = [
      ['readable', (copy) => delete copy.awaited],
      ['beacon_awaited', (copy) => (copy.awaited = copy.departures[0].replacement.awaited)],
      ['beacon_awaited', (copy) => (copy.awaited = copy.commit)],
      ['beacon_awaited', (copy) => (copy.awaited.payload.due += 3)],
      ['beacon_awaited', (copy) => (copy.awaited.index = copy.commit.index)],
      ['readable', (copy) => delete copy.departures[1].replacement.awaited],
      [
        'departure_beacon_awaited',
        (copy) => (copy.departures[1].replacement.awaited = copy.departures[0].replacement.awaited),
      ],
    ]
    for (const [code, change] of wrong) assert.equal(firstFailing(change), code, String(change))
  })

  test('records: a beacon at L3 and nowhere else, of the scheme and with a key of the group', ({
    assert,
  }) => {
    assert.isDefined(readRules(rulesFor(L3)))
    assert.notEqual(rulesHash(rulesFor(L3)), rulesHash(rulesFor()))
    for (const wrong of [
      { level: 'L3' },
      { level: 'L2', beacon: BEACON.chain },
      { level: 'L1', witnessKey: null, beacon: BEACON.chain },
      { level: 'L3', witnessKey: null, beacon: BEACON.chain },
      { level: 'L3', beacon: { ...BEACON.chain, publicKey: `c0${'00'.repeat(95)}` } },
      { level: 'L3', beacon: { ...BEACON.chain, scheme: 'bls-unchained-on-g1' } },
      { level: 'L3', beacon: { ...BEACON.chain, period: 0 } },
      { level: 'L3', beacon: { ...BEACON.chain, more: 1 } },
      { level: 'L4', beacon: BEACON.chain },
    ])
      assert.isUndefined(readRules({ ...rulesFor(), ...wrong }), JSON.stringify(wrong))
  })

  test('a beacon’s value beside two parties alone is one too many', ({ assert }) => {
    const two = structuredClone(evidenceOf({ leaving: [3] })) as any
    two.proofs.beacon = evidence.proofs.beacon
    two.awaited = evidence.awaited
    const [failed] = verifyDrawEvidence(two, KNOWN).checks.filter(({ ok }) => !ok)
    assert.equal(failed!.code, 'beacon_value')
  })
})
