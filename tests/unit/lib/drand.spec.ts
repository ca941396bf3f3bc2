import { test } from '@japa/runner'
import { fromHex, toHex } from '#lib/bytes'
import {
  beaconRandomness,
  firstRoundFrom,
  isBeaconKey,
  QUICKNET,
  timeOfRound,
  type BeaconChain,
} from '#lib/drand'
import { localBeacon } from '#tests/support/local_beacon'

/** Rounds that the League of Entropy has published, with the value that its own clients derive. */
const PUBLISHED = [
  {
    round: 1000,
    signature:
      'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39',
    randomness: 'fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd',
  },
  {
    round: 657413,
    signature:
      'b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b',
    randomness: 'fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587',
  },
]

test.group('The public beacon, verified offline', () => {
  test('published rounds give the published value', ({ assert }) => {
    for (const { round, signature, randomness } of PUBLISHED)
      assert.deepEqual(beaconRandomness(QUICKNET, round, signature), { ok: true, value: randomness })
  })

  test('every changed bit of a signature, another round and another key are refused', ({ assert }) => {
    const { round, signature } = PUBLISHED[0]!
    const refused = (chain: BeaconChain, number: number, value: unknown) =>
      assert.deepEqual(beaconRandomness(chain, number, value), {
        ok: false,
        error: { code: 'beacon_signature' },
      })
    for (let bit = 0; bit < 384; bit += 37) {
      const bytes = fromHex(signature)
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      refused(QUICKNET, round, toHex(bytes))
    }
    refused(QUICKNET, round + 1, signature)
    refused(QUICKNET, 0, signature)
    refused(QUICKNET, 2 ** 60, signature)
    refused(QUICKNET, round, PUBLISHED[1]!.signature)
    refused(QUICKNET, round, signature.toUpperCase())
    refused(QUICKNET, round, signature.slice(2))
    refused(QUICKNET, round, null)
    refused({ ...QUICKNET, publicKey: localBeacon(7).chain.publicKey }, round, signature)
    // The point at infinity signs everything under a key at infinity.
    refused({ ...QUICKNET, publicKey: `c0${'00'.repeat(95)}` }, round, `c0${'00'.repeat(47)}`)
  })

  test('a local beacon of the same scheme verifies likewise', ({ assert }) => {
    const { chain, sign } = localBeacon(41)
    const one = beaconRandomness(chain, 5, sign(5))
    assert.isTrue(one.ok)
    assert.isFalse(beaconRandomness(chain, 6, sign(5)).ok)
    assert.isFalse(beaconRandomness(QUICKNET, 5, sign(5)).ok)
  })

  test('keys: only points of the group, and not the identity', ({ assert }) => {
    assert.isTrue(isBeaconKey(QUICKNET.publicKey))
    assert.isFalse(isBeaconKey(`c0${'00'.repeat(95)}`))
    assert.isFalse(isBeaconKey(QUICKNET.publicKey.replace('83cf', '83ce')))
    assert.isFalse(isBeaconKey(QUICKNET.publicKey.slice(2)))
  })

  test('the first round from a moment is the first that is published then or later', ({ assert }) => {
    assert.equal(firstRoundFrom(QUICKNET, QUICKNET.genesis - 100), 1)
    assert.equal(firstRoundFrom(QUICKNET, QUICKNET.genesis), 1)
    assert.equal(firstRoundFrom(QUICKNET, QUICKNET.genesis + 1), 2)
    for (let second = 0; second < 50; second++) {
      const moment = QUICKNET.genesis + 1_000_000 + second
      const round = firstRoundFrom(QUICKNET, moment)
      assert.isAtLeast(timeOfRound(QUICKNET, round), moment)
      assert.isBelow(timeOfRound(QUICKNET, round - 1), moment)
    }
  })
})
