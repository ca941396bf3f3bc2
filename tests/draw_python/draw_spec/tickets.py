"""Section 8: tickets; section 9: uniform numbers."""

from itertools import count

from .encoding import HMAC, text, u32be, utf8
from .labels import L


def ticket(seed, r, q, id):
    return HMAC(seed, L.ticket, u32be(r), u32be(q), text(id))


def cell_ticket(seed, round, id):
    return HMAC(seed, L.cellTicket, u32be(round), u32be(0), text(id))


def employer_ticket(seed, round, e):
    return HMAC(seed, L.employerTicket, u32be(round), u32be(0), u32be(e))


def specialty_ticket(seed, round, s):
    return HMAC(seed, L.specialtyTicket, u32be(round), u32be(0), text(s))


def employers_in_order(seed, round, employers):
    return sorted(employers, key=lambda e: (employer_ticket(seed, round, e), e))


def specialties_in_order(seed, round, specialties):
    return sorted(specialties, key=lambda s: (specialty_ticket(seed, round, s), utf8(s)))


def uniform(seed, purpose, N):
    """A uniform number below N ≥ 1 for a purpose."""
    bits = max((N - 1).bit_length(), 1)
    length = (bits + 7) // 8
    for t in count():
        blocks = (HMAC(seed, purpose, u32be(t), u32be(j)) for j in range((length + 31) // 32))
        value = int.from_bytes(b"".join(blocks)[:length], "big") & ((1 << bits) - 1)
        if value < N:
            return value


def uniform_start(seed, round, N):
    return uniform(seed, L.start + u32be(round), N)


def uniform_of_step(seed, round, k, N):
    return uniform(seed, L.step + u32be(round) + u32be(k), N)
