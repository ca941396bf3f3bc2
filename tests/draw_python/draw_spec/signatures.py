"""Section 12: signatures under checkpoints, of ledgers and of the witnesses who cosign."""

import base64
from typing import NamedTuple

from . import ed25519 as curve
from .encoding import SHA256, SHA512, require, utf8

LEDGER, COSIGNER = 1, 4  # types of keys


class Key(NamedTuple):
    name: str
    type: int
    public: bytes

    def id(self):
        return SHA256(utf8(self.name), b"\n", bytes([self.type]), self.public)[:4]


def key_of(text):
    """Of a verifier key as people write it: name+id+base64(type ‖ public key)."""
    name, id_, rest = text.split("+", 2)
    material = base64.b64decode(rest, validate=True)
    key = Key(name, material[0], material[1:])
    require(len(material) == 33 and key.type in (LEDGER, COSIGNER) and key.id().hex() == id_, "no verifier key")
    return key


def ledgers(keys, origin):
    """The keys trusted for a ledger."""
    return [key for key in keys if key.type == LEDGER and key.name == origin]


def cosigners(keys):
    return [key for key in keys if key.type == COSIGNER]


def signed_by(proof, keys):
    """{key: time} of the first line of each of these keys, time None of a ledger's; one that does not verify is refused."""
    _, _, note = proof.partition("\n\n")
    checkpoint, _, lines = note.partition("\n\n")
    signed = {}
    for name, data in map(_parts, lines.splitlines()):
        for key in keys:
            if key not in signed and name == key.name and data[:4] == key.id():
                signed[key] = _time(key, data, utf8(checkpoint + "\n"))
    return signed


def _parts(line):
    _, name, data = line.split(" ")
    return name, base64.b64decode(data, validate=True)


def _time(key, data, checkpoint):
    if key.type == LEDGER:
        require(verifies(key.public, checkpoint, data[4:]), f"line of {key.name}")
        return None
    time = int.from_bytes(data[4:12], "big")
    signed = utf8(f"cosignature/v1\ntime {time}\n") + checkpoint
    require(verifies(key.public, signed, data[12:]), f"line of {key.name}")
    return time


def verifies(public, message, signature):
    """Ed25519 (RFC 8032, 5.1.7)."""
    A = curve.decode(public)
    s = int.from_bytes(signature[32:], "little")
    if A is None or len(signature) != 64 or s >= curve.Q:
        return False
    k = int.from_bytes(SHA512(signature[:32], public, message), "little") % curve.Q
    return curve.encode(curve.add(curve.multiply_base(s), curve.multiply_sum((k, curve.negate(A))))) == signature[:32]


def check_checkpoint(place, origin, level, keys):
    """Whether the trusted keys signed; passes where none is known to judge by."""
    own = ledgers(keys, origin), cosigners(keys) if level != "L1" else []
    for trusted in own:
        require(not trusted or signed_by(place["proof"], trusted), "nobody who is trusted signed")


def first_cosigned(place, keys):
    """When the first of the trusted cosigners signed, or None."""
    return min(signed_by(place["proof"], cosigners(keys)).values(), default=None)
