"""Section 6.2: the leximin chances under cap and quotas, by circulations in integers."""

from fractions import Fraction
from math import lcm

from .flow import Circulation
from .quotas import SIZE


def leximin(q, c):
    """The chance of each cell."""
    fixed, free = {}, dict(q.cells)
    while free:
        level = _Level(q, c, fixed, free)
        for cell in level.stuck():
            fixed[cell] = level.value
            del free[cell]
    return fixed


class _Level:
    """One turn: the greatest λ (`value`) for the free cells, what the fixed ones take being set aside."""

    def __init__(self, q, c, fixed, free):
        self.free = free
        taken = _Sums({cell: q.cells[cell] * chance for cell, chance in fixed.items()})
        count = _Sums(free)
        self.total = SIZE - taken.all
        self.cap = {e: c - taken.employer.get(e, 0) for e in count.employer}
        self.low = {s: max(q.min[s] - taken.specialty.get(s, 0), 0) for s in count.specialty}
        self.high = {s: q.max[s] - taken.specialty.get(s, 0) for s in count.specialty}
        self._number_nodes()
        self.value = self._bound(count)
        self._lessen()

    def _number_nodes(self):
        """The source is 0, the sink 1."""
        self.node = {e: i for i, e in enumerate(self.cap, 2)}
        self.node_of_specialty = {s: i for i, s in enumerate(self.low, 2 + len(self.node))}
        self.nodes = 2 + len(self.node) + len(self.node_of_specialty)

    def _bound(self, count):
        """An upper bound of λ: by the ten, each employer, each specialty."""
        bounds = [Fraction(1), Fraction(self.total) / count.all]
        bounds += [Fraction(self.cap[e]) / n for e, n in count.employer.items()]
        bounds += [Fraction(self.high[s]) / n for s, n in count.specialty.items()]
        return min(bounds)

    def _lessen(self):
        """λ goes down by violated cuts until a circulation exists."""
        while True:
            scale = self._scale()
            self.circulation = Circulation(self.nodes, self._arcs(scale))
            if self.circulation.violated is None:
                return
            self.value = self._value_at(self.circulation.violated, scale)

    def _scale(self):
        amounts = [self.total, *self.cap.values(), *self.low.values(), *self.high.values(), self.value]
        return lcm(*{amount.denominator for amount in amounts})

    def _arcs(self, scale):
        """The free cells first, in their order."""
        least, node, specialty = int(self.value * scale), self.node, self.node_of_specialty
        arcs = [(node[e], specialty[s], least * n, scale * n) for (e, s), n in self.free.items()]
        arcs += [(0, node[e], 0, int(cap * scale)) for e, cap in self.cap.items()]
        arcs += [(specialty[s], 1, int(self.low[s] * scale), int(self.high[s] * scale)) for s in specialty]
        arcs.append((1, 0, int(self.total * scale), int(self.total * scale)))
        return arcs

    def _value_at(self, X, scale):
        """(what can leave X − what must enter X over other arcs) / (experts of the free cells that enter X)."""
        arcs = self.circulation.arcs
        leaving = sum(upper for tail, head, _, upper in arcs if tail in X and head not in X)
        entering = sum(lower for tail, head, lower, _ in arcs[len(self.free):] if head in X and tail not in X)
        experts = sum(n for n, (tail, head, _, _) in zip(self.free.values(), arcs) if head in X and tail not in X)
        return Fraction(leaving - entering, experts * scale)

    def stuck(self):
        """Free cells that have λ in all solutions: full, or at λ n_es with no way back from s to e."""
        if self.value == 1:
            return list(self.free)
        reached = {s: self.circulation.flow.reached_from(node) for s, node in self.node_of_specialty.items()}
        return [(e, s) for i, (e, s) in enumerate(self.free)
                if self.circulation.at_lower_bound(i) and self.node[e] not in reached[s]]


class _Sums:
    """Sums of an amount of cells: of all, by employer, by specialty."""

    def __init__(self, amounts):
        self.all, self.employer, self.specialty = sum(amounts.values()), {}, {}
        for (e, s), amount in amounts.items():
            self.employer[e] = self.employer.get(e, 0) + amount
            self.specialty[s] = self.specialty.get(s, 0) + amount
