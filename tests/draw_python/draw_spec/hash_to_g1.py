"""Section 7: hash_to_curve of RFC 9380, suite BLS12381G1_XMD:SHA-256_SSWU_RO_, with any domain of up to 255 bytes."""

from . import isogeny
from .bls12_381 import X, add, multiply
from .encoding import SHA256, u8, u16be
from .fields import Fp

# The curve y² = x³ + A x + B to which the map leads, isogenous to that of G1 (8.8.1).
A = Fp(0x144698A3B8E9433D693A02C96D4982B0EA985383EE66A8D8E8981AEFD881AC98936F8DA0E0F97F5CF428082D584C1D)
B = Fp(0x12E2908D11688030018B12E8753EEE3B2016C1F0F24F4070A0B9C14FCEF35EF55A23215A316CEAA5D1CC48E98E172BE0)
Z = Fp(11)
ONE = Fp(1)


def hash_to_curve(message, domain):
    first, second = hash_to_field(message, domain)
    return multiply(X + 1, add(map_to_curve(first), map_to_curve(second)))


def hash_to_field(message, domain):
    """5.2: two numbers mod P, of 64 bytes each."""
    data = expand_message(message, domain, 128)
    return Fp(int.from_bytes(data[:64], "big")), Fp(int.from_bytes(data[64:], "big"))


def expand_message(message, domain, length):
    """5.3.1: expand_message_xmd with SHA-256."""
    domain += u8(len(domain))
    first = SHA256(bytes(64), message, u16be(length), b"\0", domain)
    block, data = bytes(32), b""
    for i in range(1, -(-length // 32) + 1):
        block = SHA256(bytes(a ^ b for a, b in zip(first, block)), u8(i), domain)
        data += block
    return data[:length]


def map_to_curve(u):
    """6.6.3: simplified SWU, then the isogeny; None for a point that it takes to the identity."""
    x, y = simplified_swu(u)
    x_den, y_den = _at(isogeny.X_DEN, x), _at(isogeny.Y_DEN, x)
    if x_den.is_zero() or y_den.is_zero():
        return None
    return _at(isogeny.X_NUM, x) * x_den.inverse(), y * _at(isogeny.Y_NUM, x) * y_den.inverse()


def simplified_swu(u):
    """6.6.2."""
    zuu = Z * u * u
    t = zuu * zuu + zuu
    if t.is_zero():
        x = B * (Z * A).inverse()
    else:
        x = -B * A.inverse() * (ONE + t.inverse())
    y = _right_side(x).root()
    if y is None:
        x = zuu * x
        y = _right_side(x).root()
    return x, y if u.is_odd() == y.is_odd() else -y


def _right_side(x):
    return x * x * x + A * x + B


def _at(coefficients, x):
    total = Fp(0)
    for coefficient in reversed(coefficients):
        total = total * x + Fp(coefficient)
    return total
