"""Section 4: salts."""

from .encoding import HMAC, SHA256, text, u32be
from .labels import L


def salt_key_commitment(K):
    return SHA256(L.saltKey, b"\x00", K)


def draw_salt_key(K, planKey, round):
    return HMAC(K, L.drawSaltKey, planKey, u32be(round))


def leaf_salt(D, id):
    return HMAC(D, L.leafSalt, text(id))


def identity_salt(D, id):
    return HMAC(D, L.identitySalt, text(id))
