"""Sections 3 and 7: the public beacon of level L3: its record, its rounds, its signatures, the time that fixes a round."""

from functools import lru_cache

from .bls12_381 import G2, g1_of, g2_of, negate
from .encoding import SHA256, has_fields, is_hex, is_integer, u64be
from .hash_to_g1 import hash_to_curve
from .labels import L
from .pairing import product_is_one

SCHEME = "bls-unchained-g1-rfc9380"
DOMAIN = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
DELAY = 60  # seconds from the time to its round, at least
LATEST = 2**40
KEY_LENGTH, SIGNATURE_LENGTH = 96, 48
QUICKNET = {
    "scheme": SCHEME,
    "chain": "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
    "publicKey": "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec75"
                 "8c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
    "period": 3,
    "genesis": 1692803367,
}


def is_chain(v):
    """The record `beacon` of the rules."""
    return (has_fields(v, *QUICKNET) and v["scheme"] == SCHEME and is_hex(v["chain"], 32)
            and is_hex(v["publicKey"], KEY_LENGTH) and key_of(v["publicKey"]) is not None
            and is_integer(v["period"], 1, 3_600) and is_integer(v["genesis"], 0, LATEST))


@lru_cache(maxsize=64)
def key_of(publicKey):
    return g2_of(bytes.fromhex(publicKey))


def is_value(v):
    """The field `beacon` of proofs."""
    return (has_fields(v, "time", "signature") and is_integer(v["time"], 0, LATEST)
            and is_hex(v["signature"], SIGNATURE_LENGTH))


def timed_input(alpha, time):
    """What the witness evaluates."""
    return SHA256(L.timedInput, alpha, u64be(time))


def round_after(chain, time):
    """The smallest r ≥ 1 with genesis + (r − 1) · period ≥ time + DELAY."""
    return max(1, -(-(time + DELAY - chain["genesis"]) // chain["period"]) + 1)


def due_of(chain, round):
    """When a round is published, in seconds since 1970."""
    return chain["genesis"] + (round - 1) * chain["period"]


def verified_signature(chain, value):
    """The bytes of the beacon's signature of the round that the time fixes, or None."""
    data = bytes.fromhex(value["signature"])
    return data if signs(chain["publicKey"], round_after(chain, value["time"]), data) else None


@lru_cache(maxsize=64)
def signs(publicKey, round, data):
    signature, key = g1_of(data), key_of(publicKey)
    if signature is None or key is None:
        return False
    hashed = hash_to_curve(SHA256(u64be(round)), DOMAIN)
    return product_is_one([(negate(signature), G2), (hashed, key)])
