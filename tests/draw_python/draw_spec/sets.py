"""Section 6: the numbers of possible sets."""

from math import ceil, comb, floor

from .quotas import SIZE

_BITS = 5
_FIELD = (1 << _BITS) - 1
_TOP = 1 << (_BITS - 1)


def sets_under_caps(n, chance):
    """6.1: the coefficient of x^10 in Π_e Σ_k C(n_e, k) x^k, k from ⌊n_e π_e⌋ to ⌈n_e π_e⌉."""
    product = [1] + [0] * SIZE
    for e, n_e in n.items():
        ways = [(k, comb(n_e, k)) for k in _around(n_e * chance[e])]
        product = [sum(way * product[x - k] for k, way in ways if k <= x) for x in range(SIZE + 1)]
    return product[SIZE]


def sets_under_quotas(cells, chance):
    """6.2. The counts of cells, employers and specialties are bound alike, so the longer side is gone through one by
    one and the counts of the shorter are kept."""
    expected = {cell: n * chance[cell] for cell, n in cells.items()}
    if len({e for e, _ in cells}) < len({s for _, s in cells}):
        cells = {(s, e): n for (e, s), n in cells.items()}
        expected = {(s, e): x for (e, s), x in expected.items()}
    return _Counts(cells, expected).number()


def _around(x):
    """The counts ⌊x⌋ and ⌈x⌉."""
    return sorted({floor(x), ceil(x)})


class _Counts:
    """The ways to reach each list of counts (of specialties, and of all), employer by employer. Such a list is one
    number with a field of bits for each count, which begins so high that it runs over above ⌈x⌉."""

    def __init__(self, cells, expected):
        self.cells, self.expected = cells, expected
        specialties = list(dict.fromkeys(s for _, s in cells))
        self.shift = {s: i * _BITS for i, s in enumerate(specialties, 1)}
        self.allowed = {s: _around(self._sum(1, s)) for s in specialties}
        self.over = sum(_TOP << shift for shift in (0, *self.shift.values()))
        self.zero = {s: (_TOP - 1 - self.allowed[s][-1]) << shift for s, shift in self.shift.items()}

    def _sum(self, axis, name):
        return sum(x for cell, x in self.expected.items() if cell[axis] == name)

    def number(self):
        none = _TOP - 1 - SIZE
        ways = {none + sum(self.zero.values()): 1}
        employers = list(dict.fromkeys(e for e, _ in self.cells))
        last = {s: e for e in employers for f, s in self.cells if f == e}
        for employer in employers:
            ways = self._extend(ways, self._choices(employer))
            for s in [s for s in last if last[s] == employer]:
                ways = self._close(ways, s)
        return ways.get(none + SIZE + sum(self.zero.values()), 0)

    def _choices(self, employer):
        """The counts an employer can have, as a number to add, and the ways to draw them."""
        own = [cell for cell in self.cells if cell[0] == employer]
        allowed = _around(self._sum(0, employer))
        choices = {(0, 0): 1}
        for cell in own:
            unit = 1 + (1 << self.shift[cell[1]])
            options = [(k, k * unit, comb(self.cells[cell], k)) for k in _around(self.expected[cell])]
            choices = {(count + k, added + more): way * number
                       for (count, added), way in choices.items() for k, more, number in options
                       if count + k <= allowed[-1]}
        return [(added, way) for (count, added), way in choices.items() if count in allowed]

    def _extend(self, ways, choices):
        extended = {}
        for state, way in ways.items():
            for added, more in choices:
                new = state + added
                if not new & self.over:
                    extended[new] = extended.get(new, 0) + way * more
        return extended

    def _close(self, ways, s):
        """No cell of s is left: its count must be allowed, and is kept no longer."""
        mask, closed = _FIELD << self.shift[s], {}
        allowed = {self.zero[s] + (k << self.shift[s]) for k in self.allowed[s]}
        for state, way in ways.items():
            if state & mask in allowed:
                new = state & ~mask | self.zero[s]
                closed[new] = closed.get(new, 0) + way
        return closed
