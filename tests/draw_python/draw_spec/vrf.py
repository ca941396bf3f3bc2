"""Section 7: ECVRF-EDWARDS25519-SHA512-TAI (RFC 9381, suite 0x03), verification with full key validation."""

from functools import lru_cache

from . import ed25519 as curve
from .encoding import SHA512, u8

SUITE = b"\x03"
PROOF_LENGTH = 80


def verify(key, alpha, proof):
    """The output of 64 bytes, or None when key or proof is not valid (RFC 9381, 5.3)."""
    Y = validated_key(key)
    parts = decode_proof(proof)
    if Y is None or parts is None:
        return None
    gamma, c, s = parts
    H = encode_to_curve(key, alpha)
    if H is None:
        return None
    U = curve.add(curve.multiply_base(s), curve.multiply_sum((c, curve.negate(Y))))
    V = curve.multiply_sum((s, H), (c, curve.negate(gamma)))
    challenge = challenge_of(key, curve.encode(H), proof[:32], curve.encode(U), curve.encode(V))
    return gamma_to_hash(gamma) if challenge == proof[32:48] else None


@lru_cache(maxsize=1024)
def validated_key(key):
    """RFC 9381, 5.4.5: on the curve, canonically encoded, not of small order; else None."""
    if len(key) != 32:
        return None
    point = curve.decode(key)
    if point is None or curve.is_identity(curve.times_cofactor(point)):
        return None
    return point


def decode_proof(proof):
    """(Gamma, c, s) of RFC 9381, 5.4.4, or None."""
    if len(proof) != PROOF_LENGTH:
        return None
    gamma = curve.decode(proof[:32])
    c, s = int.from_bytes(proof[32:48], "little"), int.from_bytes(proof[48:], "little")
    return None if gamma is None or s >= curve.Q else (gamma, c, s)


def encode_to_curve(salt, alpha):
    """RFC 9381, 5.4.1.1: try and increment."""
    for counter in range(256):
        point = curve.decode(SHA512(SUITE, b"\x01", salt, alpha, u8(counter), b"\x00")[:32])
        if point is not None:
            point = curve.times_cofactor(point)
            if not curve.is_identity(point):
                return point
    return None


def challenge_of(*points):
    """RFC 9381, 5.4.3: of the encoded points Y, H, Gamma, U, V."""
    return SHA512(SUITE, b"\x02", *points, b"\x00")[:16]


def gamma_to_hash(gamma):
    """proof_to_hash (RFC 9381, 5.2), of a decoded proof."""
    return SHA512(SUITE, b"\x03", curve.encode(curve.times_cofactor(gamma)), b"\x00")
