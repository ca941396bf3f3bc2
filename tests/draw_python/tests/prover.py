"""For tests: ECVRF-EDWARDS25519-SHA512-TAI proofs (RFC 9381, 5.1), from a 32-byte secret."""

from draw_spec import ed25519 as curve
from draw_spec import vrf
from draw_spec.encoding import SHA512


def _expand(secret):
    h = bytearray(SHA512(secret))
    h[0] &= 248
    h[31] = h[31] & 127 | 64
    return int.from_bytes(h[:32], "little"), bytes(h[32:])


def key_of(secret):
    return curve.encode(curve.multiply_base(_expand(secret)[0]))


def prove(secret, alpha):
    x, prefix = _expand(secret)
    key = curve.encode(curve.multiply_base(x))
    H = vrf.encode_to_curve(key, alpha)
    h = curve.encode(H)
    gamma = curve.encode(curve.multiply_sum((x, H)))
    k = int.from_bytes(SHA512(prefix, h), "little") % curve.Q
    U, V = curve.encode(curve.multiply_base(k)), curve.encode(curve.multiply_sum((k, H)))
    c = vrf.challenge_of(key, h, gamma, U, V)
    s = (k + int.from_bytes(c, "little") * x) % curve.Q
    return gamma + c + s.to_bytes(32, "little")
