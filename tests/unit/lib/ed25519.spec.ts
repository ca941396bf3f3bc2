import { ED25519_TORSION_SUBGROUP } from '@noble/curves/ed25519.js'
import { test } from '@japa/runner'
import { fromHex, toHex, utf8 } from '#lib/bytes'
import { isValidSigningKey, newSecretKey, sign, signingPublicKey, verifySignature } from '#lib/ed25519'

test.group('Ed25519', () => {
  test('agrees with RFC 8032 section 7.1, test 2', ({ assert }) => {
    const secret = fromHex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')
    const signature = sign(secret, fromHex('72'))
    assert.equal(
      toHex(signature),
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'
    )
    assert.isTrue(verifySignature(signingPublicKey(secret), fromHex('72'), signature))
    assert.isFalse(verifySignature(signingPublicKey(secret), fromHex('73'), signature))
    assert.isFalse(verifySignature(signingPublicKey(newSecretKey()), fromHex('72'), signature))
    assert.isFalse(verifySignature(signingPublicKey(secret), fromHex('72'), signature.slice(1)))
  })

  test('refuses a key under which one signature fits every message', ({ assert }) => {
    const zero = fromHex(`01${'00'.repeat(31)}`)
    const universal = fromHex(`01${'00'.repeat(63)}`)
    assert.isFalse(verifySignature(zero, utf8('any'), universal))
    for (const point of ED25519_TORSION_SUBGROUP) {
      assert.isFalse(isValidSigningKey(fromHex(point)))
      assert.isFalse(verifySignature(fromHex(point), utf8('any'), universal))
    }
  })
})
