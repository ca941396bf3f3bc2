"""Section 9.2: the rounding of the cells to whole numbers."""

from .encoding import utf8
from .tickets import cell_ticket, employers_in_order, specialties_in_order, uniform_of_step

SOURCE, SINK = ("source",), ("sink",)


class Graph:
    """Nodes in order, numbered from 0; edges between the numbers of two nodes, the one nearer the source first."""

    def __init__(self, chances, employers, specialties):
        self.D = chances.denominator
        self.name = [SOURCE, *(("e", e) for e in employers), *(("s", s) for s in specialties), SINK]
        number = {name: i for i, name in enumerate(self.name)}
        self.value = {}
        for (e, s), n in chances.cells.items():
            whole = int(n * chances.chance[e, s] * self.D)
            source, sink, i, j = number[SOURCE], number[SINK], number["e", e], number["s", s]
            for edge, value in (((source, i), whole), ((i, j), whole), ((j, sink), whole)):
                self.value[edge] = self.value.get(edge, 0) + value
        self._join_open()

    def _join_open(self):
        self.open = [[] for _ in self.name]
        for a, b in self.value:
            if self.value[a, b] % self.D:
                self.open[a].append(b)
                self.open[b].append(a)
        for neighbours in self.open:
            neighbours.sort()

    def cycle(self):
        """The walk's cycle as [(edge, sign)], or None while no edge is open."""
        first = next((i for i, neighbours in enumerate(self.open) if neighbours), None)
        if first is None:
            return None
        walk, place = [first], {first: 0}
        while True:
            before = walk[-2] if len(walk) > 1 else None
            following = next(node for node in self.open[walk[-1]] if node != before)
            walk.append(following)
            if following in place:
                return [self._signed(a, b) for a, b in zip(walk[place[following]:], walk[place[following] + 1:])]
            place[following] = len(walk) - 1

    def _signed(self, a, b):
        return ((a, b), 1) if (a, b) in self.value else ((b, a), -1)

    def limits(self, cycle):
        """α and β."""
        above = [(sign, self.value[edge] % self.D) for edge, sign in cycle]
        alpha = min(self.D - part if sign > 0 else part for sign, part in above)
        beta = min(part if sign > 0 else self.D - part for sign, part in above)
        return alpha, beta

    def change(self, cycle, amount):
        for edge, sign in cycle:
            self.value[edge] += sign * amount
            if self.value[edge] % self.D == 0:
                a, b = edge
                self.open[a].remove(b)
                self.open[b].remove(a)

    def cells_of(self, cycle):
        """[employer, specialty, sign] of the cells among the edges."""
        named = [(self.name[a], self.name[b], sign) for (a, b), sign in cycle]
        return [[a[1], b[1], sign] for a, b, sign in named if a[0] == "e" and b[0] == "s"]

    def drawn(self):
        """k_es of each cell."""
        counts = {}
        for (a, b), value in self.value.items():
            if self.name[a][0] == "e" and self.name[b][0] == "s":
                counts[self.name[a][1], self.name[b][1]] = value // self.D
        return counts


def graph_of(chances, seed, round):
    employers = employers_in_order(seed, round, {e for e, _ in chances.cells})
    specialties = specialties_in_order(seed, round, {s for _, s in chances.cells})
    return Graph(chances, employers, specialties)


def steps_of(graph, number_below):
    """Rounds the graph and tells the steps; number_below(k, N) is the uniform number of step k."""
    steps = []
    while (cycle := graph.cycle()) is not None:
        k = len(steps) + 1
        alpha, beta = graph.limits(cycle)
        u = number_below(k, alpha + beta)
        direction = 1 if u < beta else -1
        steps.append({"step": k, "cells": graph.cells_of(cycle), "alpha": str(alpha), "beta": str(beta),
                      "drawn": str(u), "direction": direction})
        graph.change(cycle, alpha if direction == 1 else -beta)
    return steps


def draw_by_rounding(chances, eligible, seed, round):
    """The fields of the result beside cap, denominator, possibleSets and seats; and {id: None}."""
    graph = graph_of(chances, seed, round)
    steps = steps_of(graph, lambda k, N: uniform_of_step(seed, round, k, N))
    counts = graph.drawn()
    def by_cell_ticket(record):
        return cell_ticket(seed, round, record["id"]), utf8(record["id"])

    ids = {}
    for cell, k in counts.items():
        own = [record for record in eligible if (record["employer"], record["specialty"]) == cell]
        ids |= {record["id"]: None for record in sorted(own, key=by_cell_ticket)[:k]}
    return {"cells": _cell_records(chances, counts), "steps": steps}, ids


def _cell_records(chances, counts):
    ordered = sorted(chances.cells, key=lambda cell: (cell[0], utf8(cell[1])))
    return [{"employer": e, "specialty": s, "experts": chances.cells[e, s],
             "chance": {"num": str(chances.chance[e, s].numerator), "den": str(chances.chance[e, s].denominator)},
             "drawn": counts[e, s]} for e, s in ordered]
