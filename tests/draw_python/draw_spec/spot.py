"""Section 13: spot checks."""

from .encoding import SHA256, u32be, utf8
from .labels import L
from .merkle import leaf_hash, root_of
from .tickets import ticket


def spot_check_root(ids):
    return root_of([leaf_hash(utf8(id)) for id in _each_once(ids)])


def spot_check_input(occasion, count, ids):
    return SHA256(L.spotCheckInput, SHA256(utf8(occasion)), u32be(count), spot_check_root(ids))


def spot_check_seed(input, server_output, witness_output):
    return SHA256(L.spotCheckSeed, input, server_output, witness_output)


def spot_check(seed, count, ids):
    return sorted(_each_once(ids), key=lambda id: (ticket(seed, 0, 0, id), utf8(id)))[:count]


def _each_once(ids):
    return sorted(set(ids), key=utf8)
