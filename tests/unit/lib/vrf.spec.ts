import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js'
import { test } from '@japa/runner'
import { fromHex, toHex, utf8 } from '#lib/bytes'
import { isValidVrfKey, vrfProofToHash, vrfProve, vrfPublicKey, vrfVerify } from '#lib/vrf'

/** RFC 9381 appendix B.3, examples 16 to 18. */
const VECTORS = [
  {
    secret: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    key: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    input: '',
    proof:
      '8657106690b5526245a92b003bb079ccd1a92130477671f6fc01ad16f26f723f26f8a57ccaed74ee1b190bed1f479d9727d2d0f9b005a6e456a35d4fb0daab1268a1b0db10836d9826a528ca76567805',
    output:
      '90cf1df3b703cce59e2a35b925d411164068269d7b2d29f3301c03dd757876ff66b71dda49d2de59d03450451af026798e8f81cd2e333de5cdf4f3e140fdd8ae',
  },
  {
    secret: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    input: '72',
    proof:
      'f3141cd382dc42909d19ec5110469e4feae18300e94f304590abdced48aed5933bf0864a62558b3ed7f2fea45c92a465301b3bbf5e3e54ddf2d935be3b67926da3ef39226bbc355bdc9850112c8f4b02',
    output:
      'eb4440665d3891d668e7e0fcaf587f1b4bd7fbfe99d0eb2211ccec90496310eb5e33821bc613efb94db5e5b54c70a848a0bef4553a41befc57663b56373a5031',
  },
  {
    secret: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    key: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    input: 'af82',
    proof:
      '9bc0f79119cc5604bf02d23b4caede71393cedfbb191434dd016d30177ccbf8096bb474e53895c362d8628ee9f9ea3c0e52c7a5c691b6c18c9979866568add7a2d41b00b05081ed0f58ee5e31b3a970e',
    output:
      '645427e5d00c62a23fb703732fa5d892940935942101e456ecca7bb217c61c452118fec1219202a0edcf038bb6373241578be7217ba85a2687f7a0310b2df19f',
  },
]

function code(key: Uint8Array, input: Uint8Array, proof: Uint8Array): string {
  const result = vrfVerify(key, input, proof)
  return result.ok ? 'ok' : result.error.code
}

test.group('VRF', () => {
  for (const [i, vector] of VECTORS.entries()) {
    test(`agrees with RFC 9381 appendix B.3, example ${16 + i}`, ({ assert }) => {
      const [secret, key, input] = [fromHex(vector.secret), fromHex(vector.key), fromHex(vector.input)]
      assert.equal(toHex(vrfPublicKey(secret)), vector.key)
      const proof = vrfProve(secret, input)
      assert.equal(toHex(proof), vector.proof)
      const verified = vrfVerify(key, input, proof)
      assert.equal(verified.ok && toHex(verified.value), vector.output)
      const hash = vrfProofToHash(proof)
      assert.equal(hash.ok && toHex(hash.value), vector.output)
    })
  }

  test('refuses every flipped bit of a proof, another input and another key', ({ assert }) => {
    const vector = VECTORS[1]!
    const [key, input, proof] = [fromHex(vector.key), fromHex(vector.input), fromHex(vector.proof)]
    for (let byte = 0; byte < proof.length; byte++) {
      const forged = proof.slice()
      forged[byte]! ^= 1 << (byte % 8)
      assert.notEqual(code(key, input, forged), 'ok', `byte ${byte}`)
    }
    assert.equal(code(key, fromHex('73'), proof), 'vrf_proof_wrong')
    assert.equal(code(fromHex(VECTORS[0]!.key), input, proof), 'vrf_proof_wrong')
    assert.equal(code(key, input, proof.slice(1)), 'vrf_proof_malformed')
    const order = ed25519.Point.CURVE().n
    const s = proof.slice(48).reduceRight((value, part) => (value << 8n) | BigInt(part), 0n) + order
    const respelt = proof.slice()
    for (let i = 0; i < 32; i++) respelt[48 + i] = Number((s >> BigInt(8 * i)) & 255n)
    assert.equal(code(key, input, respelt), 'vrf_proof_malformed')
  })

  test('refuses keys of small order and second spellings of a key', ({ assert }) => {
    const proof = fromHex(VECTORS[0]!.proof)
    for (const point of ED25519_TORSION_SUBGROUP) {
      assert.equal(code(fromHex(point), utf8(''), proof), 'vrf_key_invalid')
    }
    // y = p + 3 spells the same point as y = 3.
    const canonical = fromHex(`03${'00'.repeat(31)}`)
    const second = fromHex(`f0${'ff'.repeat(30)}7f`)
    assert.isTrue(isValidVrfKey(canonical))
    assert.isFalse(isValidVrfKey(second))
    assert.isFalse(isValidVrfKey(canonical.slice(1)))
  })
})
