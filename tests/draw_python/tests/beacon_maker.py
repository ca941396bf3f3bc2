"""For tests: a beacon of one party, which signs alone what in drand a threshold signs together."""

from functools import lru_cache

from draw_spec.beacon import DOMAIN, QUICKNET
from draw_spec.bls12_381 import G2, ORDER, g1_bytes, g2_bytes, multiply
from draw_spec.encoding import SHA256, u64be
from draw_spec.hash_to_g1 import hash_to_curve


class Beacon:
    def __init__(self, seed):
        self.secret = int.from_bytes(SHA256(bytes([seed])), "big") % ORDER
        publicKey = g2_bytes(multiply(self.secret, G2)).hex()
        self.chain = QUICKNET | {"chain": "11" * 32, "publicKey": publicKey}

    @lru_cache(maxsize=None)
    def sign(self, round):
        return g1_bytes(multiply(self.secret, hash_to_curve(SHA256(u64be(round)), DOMAIN))).hex()
