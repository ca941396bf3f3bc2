"""Section 6: the chances of the eligible; section 6.1 in full."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from .errors import DrawError
from .leximin import leximin
from .quotas import SIZE, Quotas, cap_of
from .sets import sets_under_caps, sets_under_quotas

MIN_SETS = 2**20
MAX_SPECIALTIES = 12


@dataclass
class Chances:
    cap: int
    cells: dict  # (e, s) → n_es
    chance: dict  # (e, s) → π_es
    free: Fraction | None  # λ of section 6.1
    possible_sets: int

    @property
    def denominator(self):
        """D."""
        return lcm(*(chance.denominator for chance in self.chance.values()))


def cells_of(eligible):
    return dict(Counter((record["employer"], record["specialty"]) for record in eligible))


def chances_of(eligible, rules):
    """Of eligible leaves under the rules; a DrawError when section 6 ends in one."""
    return chances_of_cells(cells_of(eligible), rules["maxPerEmployer"], rules["quotas"])


def _check_specialties(cells, quotas):
    specialties = {s for _, s in cells} | {quota["specialty"] for quota in quotas}
    if len(specialties) > MAX_SPECIALTIES:
        raise DrawError("too_many_specialties", specialties=len(specialties), limit=MAX_SPECIALTIES)


def chances_of_cells(cells, maxPerEmployer, quotas):
    n = _by_employer(cells)
    if sum(n.values()) < SIZE:
        raise DrawError("pool_too_small", eligible=sum(n.values()), need=SIZE)
    reachable = _reachable(n, maxPerEmployer)
    if reachable < SIZE:
        raise DrawError("caps_infeasible", maxPerEmployer=maxPerEmployer, reachable=reachable, need=SIZE)
    if quotas:
        _check_specialties(cells, quotas)
    chances = _under_quotas(cells, maxPerEmployer, quotas) if quotas else _under_caps(cells, n)
    if chances.possible_sets < MIN_SETS:
        raise DrawError("too_few_sets", sets=str(chances.possible_sets), need=str(MIN_SETS))
    return chances


def _by_employer(cells):
    n = Counter()
    for (e, _), count in cells.items():
        n[e] += count
    return dict(n)


def _reachable(n, c):
    return sum(min(c, count) for count in n.values())


def _under_caps(cells, n):
    """Section 6.1."""
    c = next(c for c in range(1, SIZE + 1) if _reachable(n, c) >= SIZE)
    free = free_chance(n, c)
    chance = {e: min(Fraction(c, count), free) for e, count in n.items()}
    return Chances(c, cells, {(e, s): chance[e] for e, s in cells}, free, sets_under_caps(n, chance))


def free_chance(n, c):
    """λ."""
    U, p = dict(n), SIZE
    while True:
        free = Fraction(p, sum(U.values()))
        out = [e for e, count in U.items() if count * free > c]
        if not out:
            return free
        for e in out:
            del U[e]
            p -= c


def _under_quotas(cells, maxPerEmployer, quotas):
    """Section 6.2."""
    q = Quotas(cells, quotas)
    c = cap_of(q, maxPerEmployer)
    chance = leximin(q, c)
    return Chances(c, cells, chance, None, sets_under_quotas(cells, chance))
