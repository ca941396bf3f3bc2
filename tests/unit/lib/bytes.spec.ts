import { test } from '@japa/runner'
import {
  bigIntFromBytes,
  equalBytes,
  fromBase64,
  fromHex,
  hmacSha256,
  isHex,
  sha256,
  toBase64,
  toHex,
  u16be,
  u32be,
  u64be,
  utf8,
} from '#lib/bytes'

test.group('Bytes', () => {
  test('hashes as FIPS 180-4 and RFC 4231 say', ({ assert }) => {
    assert.equal(
      toHex(sha256(utf8('a'), utf8('bc'))),
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    )
    assert.equal(
      toHex(hmacSha256(utf8('Jefe'), utf8('what do ya want '), utf8('for nothing?'))),
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'
    )
  })

  test('has one spelling for each value', ({ assert }) => {
    assert.equal(toBase64(utf8('论证')), '6K666K+B')
    assert.deepEqual(fromBase64('6K666K+B'), utf8('论证'))
    assert.deepEqual(fromHex('00ff'), Uint8Array.of(0, 255))
    for (const bad of ['0', 'FF', 'zz', ' 00']) assert.throws(() => fromHex(bad), 'not_hex')
    for (const bad of ['AA=', 'AB==', 'A', 'AA==\n', '____'])
      assert.throws(() => fromBase64(bad), 'not_base64')
    assert.throws(() => utf8('\ud800'), 'lone_surrogate')
    assert.isFalse(isHex('00', 2))
    assert.isTrue(isHex('0000', 2))
  })

  test('writes integers most significant byte first and refuses what does not fit', ({ assert }) => {
    assert.equal(toHex(u16be(258)), '0102')
    assert.equal(toHex(u32be(0xfffefdfc)), 'fffefdfc')
    assert.equal(toHex(u64be(2 ** 53 - 1)), '001fffffffffffff')
    assert.throws(() => u16be(65536), 'integer_too_large')
    assert.throws(() => u32be(-1), 'not_unsigned')
    assert.throws(() => u32be(0.5), 'not_unsigned')
    assert.equal(bigIntFromBytes(fromHex('ffffffffffffffffff')), 2n ** 72n - 1n)
    assert.isTrue(equalBytes(fromHex('0102'), fromHex('0102')))
    assert.isFalse(equalBytes(fromHex('0102'), fromHex('0103')))
    assert.isFalse(equalBytes(fromHex('0102'), fromHex('010203')))
  })
})
