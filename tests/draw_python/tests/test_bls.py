"""BLS12-381 against published vectors: RFC 9380, appendix J.9.1, and rounds of drand's quicknet."""

import unittest

from draw_spec import pairing
from draw_spec.beacon import QUICKNET, round_after, signs
from draw_spec.bls12_381 import G2, ORDER, add, g1_bytes, g1_of, g2_bytes, g2_of, multiply, negate
from draw_spec.encoding import SHA256
from draw_spec.fields import P, Fp, Fp2
from draw_spec.hash_to_g1 import hash_to_curve

from .beacon_maker import Beacon

DOMAIN = b"QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_"
HASHED = {
    b"": ("052926add2207b76ca4fa57a8734416c8dc95e24501772c814278700eed6d1e4e8cf62d9c09db0fac349612b759e79a1",
          "08ba738453bfed09cb546dbb0783dbb3a5f1f566ed67bb6be0e8c67e2e81a4cc68ee29813bb7994998f3eae0c9c6a265"),
    b"abc": ("03567bc5ef9c690c2ab2ecdf6a96ef1c139cc0b2f284dca0a9a7943388a49a3aee664ba5379a7655d3c68900be2f6903",
             "0b9c15f3fe6e5cf4211f346271d7b01c8f3b28be689c8429c85b67af215533311f0b8dfaaa154fa6b88176c229f2885d"),
    b"abcdef0123456789": (
        "11e0b079dea29a68f0383ee94fed1b940995272407e3bb916bbf268c263ddd57a6a27200a784cbc248e84f357ce82d98",
        "03a87ae2caf14e8ee52e51fa2ed8eefe80f02457004ba4d486d6aa1f517c0889501dc7413753f9599b099ebcbbd2d709"),
    b"q128_" + b"q" * 128: (
        "15f68eaa693b95ccb85215dc65fa81038d69629f70aeee0d0f677cf22285e7bf58d7cb86eefe8f2e9bc3f8cb84fac488",
        "1807a1d50c29f430b8cafc4f8638dfeeadf51211e1602a5f184443076715f91bb90a48ba1e370edce6ae1062f5e6dd38"),
    b"a512_" + b"a" * 512: (
        "082aabae8b7dedb0e78aeb619ad3bfd9277a2f77ba7fad20ef6aabdc6c31d19ba5a6d12283553294c1825c4b3ca2dcfe",
        "05b84ae5a942248eea39e1d91030458c40153f3b654ab7872d779ad1e942856a20c438e8d99bc8abfbf74729ce1f7ac8"),
}
ROUNDS = {
    1000: ("b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
           "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"),
    657413: ("b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
             "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587"),
}
QUICKNET_KEY = QUICKNET["publicKey"]


class Fields(unittest.TestCase):
    def test_roots(self):
        for n in (2, 3, 4, P - 5):
            for square in (Fp2(n, 7) * Fp2(n, 7), Fp2(0, n) * Fp2(0, n), Fp2(n, 0) * Fp2(n, 0)):
                root = square.root()
                self.assertEqual(root * root, square)
        self.assertIsNone(Fp(-1).root())
        self.assertIsNone(Fp2(1, 1).root())

    def test_inverse_and_frobenius_in_twelve(self):
        f = [Fp2(i + 2, 3 * i + 1) for i in range(6)]
        self.assertEqual(pairing.multiply(f, pairing.inverse(f)), pairing.UNIT)
        power = pairing.UNIT
        for bit in bin(P)[2:]:
            power = pairing.multiply(power, power)
            power = pairing.multiply(power, f) if bit == "1" else power
        self.assertEqual(pairing.frobenius(f), power)
        self.assertEqual(pairing.frobenius(f, 6), pairing.conjugate(f))


class Points(unittest.TestCase):
    def test_compressed(self):
        for point in (G2, negate(G2), multiply(5, G2)):
            self.assertEqual(g2_of(g2_bytes(point)), point)
        data = bytes.fromhex(ROUNDS[1000][0])
        self.assertEqual(g1_bytes(g1_of(data)), data)

    def test_refused(self):
        good = bytes.fromhex(ROUNDS[1000][0])
        outside = next(n for n in range(1, 99) if Fp(n**3 + 4).root())  # on the curve, of another order
        for data in (good[:-1], good + b"\0", bytes([good[0] & 0x7F]) + good[1:], bytes([good[0] | 0x40]) + good[1:],
                     b"\xc0" + bytes(47), b"\x80" + bytes(47), bytes([0x80 | outside >> 376]) + outside.to_bytes(47, "big"),
                     bytes([0x80 | P >> 376]) + (P & (1 << 376) - 1).to_bytes(47, "big"), b""):
            self.assertIsNone(g1_of(data), data.hex())
        key = bytes.fromhex(QUICKNET_KEY)
        for data in (good, key[:48], b"\xc0" + bytes(95), key[:-1] + b"\0", bytes([key[0] | 0x40]) + key[1:]):
            self.assertIsNone(g2_of(data), data.hex())

    def test_group(self):
        point = g1_of(bytes.fromhex(ROUNDS[1000][0]))
        self.assertIsNone(multiply(ORDER, point))
        self.assertIsNone(add(point, negate(point)))
        self.assertEqual(add(multiply(6, point), multiply(7, point)), multiply(13, point))
        self.assertEqual(multiply(ORDER - 1, G2), negate(G2))


class Pairing(unittest.TestCase):
    def test_bilinear(self):
        p = g1_of(bytes.fromhex(ROUNDS[1000][0]))
        pairs = [(multiply(6, p), multiply(5, G2)), (negate(multiply(15, p)), multiply(2, G2))]
        self.assertTrue(pairing.product_is_one(pairs))
        self.assertFalse(pairing.product_is_one(pairs[:1]))
        self.assertFalse(pairing.product_is_one([(p, G2)]))


class Hashing(unittest.TestCase):
    def test_rfc_9380(self):
        for message, (x, y) in HASHED.items():
            self.assertEqual(hash_to_curve(message, DOMAIN), (Fp(int(x, 16)), Fp(int(y, 16))), message)


class Rounds(unittest.TestCase):
    def test_quicknet(self):
        for round, (signature, randomness) in ROUNDS.items():
            data = bytes.fromhex(signature)
            self.assertTrue(signs(QUICKNET_KEY, round, data))
            self.assertFalse(signs(QUICKNET_KEY, round + 1, data))
            self.assertFalse(signs(QUICKNET_KEY, round, g1_bytes(negate(g1_of(data)))))
            self.assertEqual(SHA256(data).hex(), randomness)

    def test_made(self):
        beacon = Beacon(7)
        self.assertTrue(signs(beacon.chain["publicKey"], 9, bytes.fromhex(beacon.sign(9))))
        self.assertFalse(signs(QUICKNET_KEY, 9, bytes.fromhex(beacon.sign(9))))

    def test_round_of_a_time(self):
        chain = {"genesis": 1000, "period": 30}
        for time, round in ((0, 1), (940, 1), (941, 2), (970, 2), (971, 3), (2**40, (2**40 + 60 - 1000 + 29) // 30 + 1)):
            self.assertEqual(round_after(chain, time), round, time)


if __name__ == "__main__":
    unittest.main()
