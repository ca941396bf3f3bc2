"""Sections 9, 10, 11: invariants, exact marginals, replacements."""

import collections
import copy
import itertools
import random
import unittest
from fractions import Fraction

from draw_spec.chances import chances_of, chances_of_cells
from draw_spec.draw import result_of
from draw_spec.encoding import SHA256, u32be
from draw_spec.errors import DrawError
from draw_spec.panel import default_panel
from draw_spec.replace import Seats
from draw_spec.rounding import Graph, draw_by_rounding, steps_of
from draw_spec.tickets import ticket

from .test_chances import random_cells, random_quotas


def leaves_of(cells):
    leaves = [{"employer": e, "specialty": s} for (e, s), n in cells.items() for _ in range(n)]
    return [leaf | {"id": f"E{i:03}", "excluded": None} for i, leaf in enumerate(leaves)]


def rules_of(maxPerEmployer, quotas, replacement="keep"):
    return {"maxPerEmployer": maxPerEmployer, "quotas": quotas, "replacementSpecialty": replacement}


def feasible(rng, quotas_too, **size):
    while True:
        cells = random_cells(rng, rng.randint(15, 80), rng.randint(4, 30), rng.randint(1, 5))
        quotas = random_quotas(rng) if quotas_too else []
        try:
            m = rng.randint(1, 10)
            return cells, m, quotas, chances_of_cells(cells, m, quotas)
        except DrawError:
            pass


class Draw(unittest.TestCase):
    def test_invariants(self):
        rng = random.Random(11)
        for i in range(300):
            cells, m, quotas, chances = feasible(rng, i % 2)
            eligible = leaves_of(cells)
            seed = SHA256(u32be(i))
            result = result_of(chances, eligible, rules_of(m, quotas), seed, 1)
            self.check(result, chances, quotas)

    def check(self, result, chances, quotas):
        seats = result["seats"]
        self.assertEqual([seat["seat"] for seat in seats], list(range(1, 11)))
        self.assertEqual(len({seat["id"] for seat in seats}), 10)
        tickets = [seat["ticket"] for seat in seats]
        self.assertEqual(tickets, sorted(tickets))
        by_employer = collections.Counter(seat["employer"] for seat in seats)
        self.assertLessEqual(max(by_employer.values()), chances.cap)
        by_specialty = collections.Counter(seat["specialty"] for seat in seats)
        for quota in quotas:
            self.assertTrue(quota["min"] <= by_specialty[quota["specialty"]] <= quota["max"])
        if quotas:
            drawn = collections.Counter((seat["employer"], seat["specialty"]) for seat in seats)
            self.assertTrue(all(cell["drawn"] == drawn[cell["employer"], cell["specialty"]] for cell in result["cells"]))
            self.assertEqual({seat["pin"] for seat in seats}, {None})
        else:
            self.assertEqual({seat["pin"] for seat in seats}, set(range(1, 11)))

    def test_ruler_marginals(self):
        """Every start u, once: each expert is drawn w_e times."""
        from unittest import mock
        rng = random.Random(12)
        for i in range(20):
            cells, m, quotas, chances = feasible(rng, False)
            D, eligible, drawn = chances.denominator, leaves_of(cells), collections.Counter()
            if D > 500:
                continue
            for u in range(D):
                with mock.patch("draw_spec.ruler.uniform_start", return_value=u):
                    result = result_of(chances, eligible, rules_of(m, []), SHA256(u32be(i)), 1)
                drawn.update(seat["id"] for seat in result["seats"])
            for leaf in eligible:
                self.assertEqual(drawn[leaf["id"]], chances.chance[leaf["employer"], leaf["specialty"]] * D)

    def test_rounding_marginals_exactly(self):
        """The whole tree of directions with its probabilities: E k_es = n_es π_es."""
        rng, done = random.Random(13), 0
        while done < 25:
            cells, _, _, chances = feasible(rng, True)
            if len(cells) > 10:
                continue
            done += 1
            employers, specialties = sorted({e for e, _ in cells}), sorted({s for _, s in cells})
            rng.shuffle(employers)
            rng.shuffle(specialties)
            mean = collections.Counter()
            self.descend(Graph(chances, employers, specialties), Fraction(1), mean)
            for cell, n in cells.items():
                self.assertEqual(mean[cell], n * chances.chance[cell])

    def descend(self, graph, probability, mean):
        cycle = graph.cycle()
        if cycle is None:
            for cell, k in graph.drawn().items():
                mean[cell] += probability * k
            return
        alpha, beta = graph.limits(cycle)
        self.assertTrue(1 <= alpha < graph.D and 1 <= beta < graph.D)
        for amount, share in ((alpha, beta), (-beta, alpha)):
            branch = copy.deepcopy(graph)
            branch.change(cycle, amount)
            self.descend(branch, probability * Fraction(share, alpha + beta), mean)

    def test_marginals_by_many_seeds(self):
        rng = random.Random(14)
        for quotas_too in (False, True):
            cells, m, quotas, chances = feasible(rng, quotas_too)
            eligible, drawn, runs = leaves_of(cells), collections.Counter(), 3000
            for i in range(runs):
                result = result_of(chances, eligible, rules_of(m, quotas), SHA256(b"m", u32be(i)), 1)
                drawn.update(seat["id"] for seat in result["seats"])
            for leaf in eligible:
                p = float(chances.chance[leaf["employer"], leaf["specialty"]])
                self.assertLess(abs(drawn[leaf["id"]] - runs * p), 4.5 * (runs * p * (1 - p)) ** 0.5 + 1)

    def test_walk_by_the_letter(self):
        """The graph's cycles against a plain second writing of the walk."""
        rng = random.Random(15)
        for i in range(60):
            cells, m, quotas, chances = feasible(rng, True)
            employers, specialties = sorted({e for e, _ in cells}), sorted({s for _, s in cells})
            rng.shuffle(employers)
            rng.shuffle(specialties)
            graph = Graph(chances, employers, specialties)
            want = plain_rounding(chances, employers, specialties, lambda k, N: (k * 7919 + i) % N)
            self.assertEqual(steps_of(graph, lambda k, N: (k * 7919 + i) % N), want)


def plain_rounding(chances, employers, specialties, number_below):
    D, total = chances.denominator, collections.Counter()
    edges = {}
    for (e, s), n in chances.cells.items():
        value = int(D * n * chances.chance[e, s])
        edges[frozenset([("e", e), ("s", s)])] = value
        total["e", e] += value
        total["s", s] += value
    for e in employers:
        edges[frozenset(["source", ("e", e)])] = total["e", e]
    for s in specialties:
        edges[frozenset(["sink", ("s", s)])] = total["s", s]
    nodes = ["source"] + [("e", e) for e in employers] + [("s", s) for s in specialties] + ["sink"]
    rank = {"source": 0, "e": 1, "s": 2, "sink": 3}

    def layer(node):
        return rank[node if isinstance(node, str) else node[0]]

    def is_open(a, b):
        return edges.get(frozenset([a, b]), 0) % D != 0

    steps = []
    for k in itertools.count(1):
        starts = [v for v in nodes if any(is_open(v, w) for w in nodes if w != v)]
        if not starts:
            return steps
        walk = [starts[0]]
        while len(set(walk)) == len(walk):
            walk.append(next(w for w in nodes if w != walk[-1] and is_open(walk[-1], w) and w != (walk[-2:-1] or [None])[0]))
        walk = walk[walk.index(walk[-1]):]
        signed = [(a, b, 1 if layer(a) < layer(b) else -1) for a, b in zip(walk, walk[1:])]
        mods = [(sign, edges[frozenset([a, b])] % D) for a, b, sign in signed]
        alpha = min(D - x if sign == 1 else x for sign, x in mods)
        beta = min(x if sign == 1 else D - x for sign, x in mods)
        u = number_below(k, alpha + beta)
        for a, b, sign in signed:
            edges[frozenset([a, b])] += sign * alpha if u < beta else -sign * beta
        named = [(a, b, 1) if sign == 1 else (b, a, -1) for a, b, sign in signed]
        steps.append({"step": k, "cells": [[a[1], b[1], sign] for a, b, sign in named if layer(a) == 1 and layer(b) == 2],
                      "alpha": str(alpha), "beta": str(beta), "drawn": str(u), "direction": 1 if u < beta else -1})


class Panel(unittest.TestCase):
    def test_panel(self):
        def seats(*pairs):
            return [{"seat": i, "employer": e, "specialty": s} for i, (e, s) in enumerate(pairs, 1)]
        some = seats((1, "A"), (1, "B"), (2, "A"), (3, "A"), (4, "B"))
        panel = {"size": 3, "mainSpecialty": "A", "minMain": 1, "minSpecialties": 1}
        self.assertEqual(default_panel(some, panel), [1, 3, 4])
        self.assertEqual(default_panel(some, panel | {"minSpecialties": 2}), [1, 3, 5])
        self.assertEqual(default_panel(some, panel | {"minMain": 2, "mainSpecialty": "B"}), [2, 3, 5])
        self.assertIsNone(default_panel(some, panel | {"size": 5}))


class Replacements(unittest.TestCase):
    def seats(self, replacement="keep", quotas=(), cap=1):
        cells = {(e, "A"): 1 for e in range(1, 12)} | {(12, "B"): 2, (13, "C"): 1}
        eligible = leaves_of(cells)
        held = [{"seat": i, "id": leaf["id"], "employer": leaf["employer"], "specialty": leaf["specialty"]}
                for i, leaf in enumerate(eligible[:9] + eligible[11:12], 1)]
        return Seats(held, eligible, rules_of(1, list(quotas), replacement), cap), eligible

    def leave(self, seats, s):
        seats.next_departure()
        return seats.candidates(seats.leave(s, seats.held[s]["id"]))

    def test_same_specialty_then_employer_freed(self):
        seats, eligible = self.seats()
        self.assertEqual(self.leave(seats, 1), (eligible[9:11], False))
        self.assertEqual(self.leave(seats, 10), (eligible[12:13], False))

    def test_keep_and_any(self):
        seats, _ = self.seats(cap=0)
        with self.assertRaisesRegex(DrawError, "no_replacement"):
            self.leave(seats, 1)
        for quotas, who in (([], "ABC"), ([{"specialty": "A", "min": 0, "max": 9}], "C"),
                            ([{"specialty": "B", "min": 1, "max": 9}], "")):
            seats, eligible = self.seats("keep_then_any", quotas)
            seats.eligible = [leaf for leaf in eligible if leaf["specialty"] != "B"]
            try:
                got, widened = self.leave(seats, 10)
                self.assertTrue(widened)
            except DrawError as error:
                self.assertEqual(error.code, "no_replacement")
                got = []
            self.assertEqual({leaf["specialty"] for leaf in got}, set(who) - {"B"})

    def test_errors(self):
        seats, _ = self.seats()
        for seat in (0, 11, "1", True, None):
            with self.assertRaisesRegex(DrawError, "seat_not_held"):
                seats.leave(seat, "E000")
        with self.assertRaisesRegex(DrawError, "leaver"):
            seats.leave(1, "E001")
        seats.number = 10
        with self.assertRaisesRegex(DrawError, "replacements_exhausted"):
            self.leave(seats, 1)


if __name__ == "__main__":
    unittest.main()
