"""Sections 1, 2, 5, 7, 8, 9 (uniform), 13: values that are stated or publicly known."""

import random
import unittest

from draw_spec import ed25519 as curve
from draw_spec import merkle, spot, vrf
from draw_spec.canonical import JSON, read
from draw_spec.encoding import HMAC, SHA256, u32be
from draw_spec.errors import Invalid
from draw_spec.plan import fold_plan, fold_text
from draw_spec.tickets import ticket, uniform

from . import prover

RFC_9381_B3 = [
    ("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "8657106690b5526245a92b003bb079ccd1a92130477671f6fc01ad16f26f723f26f8a57ccaed74ee1b190bed1f479d97"
     "27d2d0f9b005a6e456a35d4fb0daab1268a1b0db10836d9826a528ca76567805",
     "90cf1df3b703cce59e2a35b925d411164068269d7b2d29f3301c03dd757876ff"
     "66b71dda49d2de59d03450451af026798e8f81cd2e333de5cdf4f3e140fdd8ae"),
    ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "f3141cd382dc42909d19ec5110469e4feae18300e94f304590abdced48aed5933bf0864a62558b3ed7f2fea45c92a465"
     "301b3bbf5e3e54ddf2d935be3b67926da3ef39226bbc355bdc9850112c8f4b02",
     "eb4440665d3891d668e7e0fcaf587f1b4bd7fbfe99d0eb2211ccec90496310eb"
     "5e33821bc613efb94db5e5b54c70a848a0bef4553a41befc57663b56373a5031"),
    ("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "9bc0f79119cc5604bf02d23b4caede71393cedfbb191434dd016d30177ccbf8096bb474e53895c362d8628ee9f9ea3c0"
     "e52c7a5c691b6c18c9979866568add7a2d41b00b05081ed0f58ee5e31b3a970e",
     "645427e5d00c62a23fb703732fa5d892940935942101e456ecca7bb217c61c45"
     "2118fec1219202a0edcf038bb6373241578be7217ba85a2687f7a0310b2df19f"),
]

# The Certificate Transparency reference leaves and roots (RFC 6962 implementations' common test data).
CT_LEAVES = [bytes.fromhex(h) for h in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


class Json(unittest.TestCase):
    def test_order_and_escapes(self):
        self.assertEqual(JSON({"\U0001f600": 2, "€": 3, "\r": 4, "1": 5, "\x80": 6, "ö": 7, "\uffee": 8}),
                         '{"\\r":4,"1":5,"\x80":6,"ö":7,"€":3,"\U0001f600":2,"\uffee":8}'.encode())
        self.assertEqual(JSON("\b\f\n\r\t\x00\x1f\x7f\"\\/"), b'"\\b\\f\\n\\r\\t\\u0000\\u001f\x7f\\"\\\\/"')

    def test_reads_only_what_it_writes(self):
        self.assertEqual(read(b'{"a":[1,null,true,"x"],"b":-2}'), {"a": [1, None, True, "x"], "b": -2})
        nested = b"[" * 64 + b"1" + b"]" * 64
        self.assertEqual(JSON(read(nested)), nested)
        for bad in (b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":1,"a":1}', b"-0", b"1.0", b"1e2", b"9007199254740992", b"NaN",
                    b'"\\ud800"', b'"\\u0061"', b'"\\/"', b"[" * 65 + b"1" + b"]" * 65, b"[" * 99999, b"1 ", b"\xef\xbb\xbf1",
                    b"", b"\xff", b"01", b'"e\xcc\x81"', b'{"\xff":1}', b"1" * 5000):
            with self.assertRaises(Invalid, msg=bad[:40]):
                read(bad)


class Folding(unittest.TestCase):
    def test_text(self):
        self.assertEqual(fold_text("ａb－c　１\u2014\u30fcé\u200b\u00ad\u0085 e\u0301ß"), "AB-C1--ééß")
        self.assertEqual(fold_text("e\u0301"), "é")
        self.assertEqual(fold_text("e\u200b\u0301"), "É")
        self.assertEqual(fold_text("\x1c|\x1f"), "\x1c|\x1f")
        self.assertEqual(fold_text("a\U00013439\U0001343fb"), "AB")
        self.assertEqual(fold_text("\u2010\u2015\u2212\ufe58\ufe63\uff0d\u2016"), "------\u2016")

    def test_plan(self):
        folded = fold_plan({"permit": "p", "categories": ["b", "Ｂ", "\uffee", "\U0001f600", "a "], "part": "", "round": 1})
        self.assertEqual(folded["categories"], ["A", "B", "\U0001f600", "\uffee"])
        self.assertEqual(fold_plan(folded), folded)
        for round in (0, 65536, True, "1", None):
            with self.assertRaises(Invalid):
                fold_plan(folded | {"round": round})


class Merkle(unittest.TestCase):
    def test_roots(self):
        self.assertEqual(merkle.root_of([]), SHA256())
        for count, root in enumerate(CT_ROOTS, 1):
            self.assertEqual(merkle.root_of([merkle.leaf_hash(d) for d in CT_LEAVES[:count]]).hex(), root)

    def test_paths(self):
        for size in range(1, 40):
            hashes = [merkle.leaf_hash(bytes([i])) for i in range(size)]
            root = merkle.root_of(hashes)
            for i in range(size):
                path = audit_path(i, hashes)
                self.assertTrue(merkle.path_leads(hashes[i], i, size, path, root))
                self.assertFalse(merkle.path_leads(hashes[i], i, size, path + [root], root))
                self.assertFalse(merkle.path_leads(hashes[i - 1], i, size, path, root) and size > 1)
                if path:
                    self.assertFalse(merkle.path_leads(hashes[i], i, size, path[:-1], root))


def audit_path(m, hashes):
    """RFC 6962, 2.1.1."""
    n = len(hashes)
    if n == 1:
        return []
    k = 1 << ((n - 1).bit_length() - 1)
    if m < k:
        return audit_path(m, hashes[:k]) + [merkle.root_of(hashes[k:])]
    return audit_path(m - k, hashes[k:]) + [merkle.root_of(hashes[:k])]


class Vrf(unittest.TestCase):
    def test_rfc_9381(self):
        for sk, pk, alpha, pi, beta in RFC_9381_B3:
            sk, pk, alpha, pi = (bytes.fromhex(h) for h in (sk, pk, alpha, pi))
            self.assertEqual(vrf.verify(pk, alpha, pi).hex(), beta)
            self.assertEqual(prover.key_of(sk), pk)
            self.assertEqual(prover.prove(sk, alpha), pi)

    def test_every_bit_counts(self):
        _, pk, alpha, pi, _ = (bytes.fromhex(h) for h in RFC_9381_B3[2])
        for i in range(0, 640, 7):
            changed = bytearray(pi)
            changed[i // 8] ^= 1 << i % 8
            self.assertIsNone(vrf.verify(pk, alpha, bytes(changed)))
        self.assertIsNone(vrf.verify(pk, alpha + b"x", pi))
        self.assertIsNone(vrf.verify(pk, alpha, pi + b"\x00"))
        s = int.from_bytes(pi[48:], "little") + curve.Q
        self.assertIsNone(vrf.verify(pk, alpha, pi[:48] + s.to_bytes(32, "little")))

    def test_small_order_keys(self):
        for y in small_order_encodings():
            self.assertIsNone(vrf.validated_key(y))
        for y in (curve.P, curve.P + 1, curve.P + 3, 2):
            self.assertIsNone(vrf.validated_key(y.to_bytes(32, "little")))
        self.assertIsNone(curve.decode((1 | 1 << 255).to_bytes(32, "little")))
        self.assertIsNone(curve.decode((curve.P - 1 | 1 << 255).to_bytes(32, "little")))

    def test_key_with_small_order_part_is_allowed(self):
        point = curve.add(curve.multiply_base(12345), curve.decode(small_order_encodings()[-1]))
        self.assertIsNotNone(vrf.validated_key(curve.encode(point)))

    def test_arithmetic(self):
        self.assertTrue(curve.is_identity(curve.multiply_base(curve.Q)))
        rng = random.Random(3)
        for _ in range(20):
            a, b, c = (rng.randrange(curve.Q) for _ in range(3))
            A = curve.multiply_base(a)
            total = curve.multiply_sum((b, A), (c, curve.BASE))
            self.assertEqual(curve.encode(total), curve.encode(curve.multiply_base((a * b + c) % curve.Q)))
            self.assertEqual(curve.decode(curve.encode(A))[:2], tuple(x * pow(A[2], -1, curve.P) % curve.P for x in A[:2]))


def small_order_encodings():
    """The eight points of order dividing 8."""
    seen = {}
    y = 2
    while len(seen) < 8:
        point = curve.decode(y.to_bytes(32, "little"))
        y += 1
        if point is not None:
            torsion, step = curve.multiply_sum((curve.Q, point)), curve.IDENTITY
            for _ in range(8):
                step = curve.add(step, torsion)
                seen[curve.encode(step)] = None
    return sorted(seen)


class Tickets(unittest.TestCase):
    def test_golden(self):
        self.assertEqual(ticket(SHA256(b"test"), 0, 0, "E001").hex(),
                         "4d37736a7d519744bd628878a04b7aa32325b1e255454aa9c63ecfbd41293cb0")

    def test_uniform(self):
        seed = SHA256(b"u")
        self.assertEqual(uniform(seed, b"", 1), 0)
        for N in (1, 2, 3, 255, 256, 257, 65536, 2**256, 2**256 + 1, 2**600 + 5):
            values = [uniform(seed, u32be(i), N) for i in range(50)]
            self.assertTrue(all(0 <= v < N for v in values))
            if N > 2**64:
                self.assertGreater(max(values), N // 2 if N % 2 == 0 else N // 4)
        blocks = b"".join(HMAC(seed, b"P", u32be(0), u32be(j)) for j in range(3))
        self.assertEqual(uniform(seed, b"P", 2**520), int.from_bytes(blocks[:65], "big"))
        counts = [0] * 5
        for i in range(5000):
            counts[uniform(seed, u32be(i), 5)] += 1
        self.assertTrue(all(900 < count < 1100 for count in counts))


class SpotCheck(unittest.TestCase):
    def test_ids_each_once(self):
        ids = ["b", "a", "é", "a"]
        self.assertEqual(spot.spot_check_input("o", 2, ids), spot.spot_check_input("o", 2, ["é", "a", "b"]))
        self.assertEqual(len(spot.spot_check(SHA256(b"s"), 9, ids)), 3)


if __name__ == "__main__":
    unittest.main()
