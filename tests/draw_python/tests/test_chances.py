"""Section 6 against brute force: sets of specialties, exact linear programmes, all sets of ten."""

import itertools
import random
import unittest
from fractions import Fraction
from math import ceil, comb, floor

from draw_spec.chances import Chances, chances_of_cells, free_chance
from draw_spec.encoding import utf8
from draw_spec.errors import DrawError
from draw_spec.leximin import leximin
from draw_spec.quotas import Quotas, cap_of
from draw_spec.sets import sets_under_caps, sets_under_quotas

from .simplex import maximise


def random_cells(rng, experts, employers, specialties):
    cells = {}
    for _ in range(experts):
        cell = rng.randint(1, employers), rng.choice("CABED"[:specialties])
        cells[cell] = cells.get(cell, 0) + 1
    return cells


def random_quotas(rng):
    quotas = []
    for s in sorted(rng.sample("ABCDEF", rng.randint(1, 4))):
        low = rng.choice([0, 0, 1, 2, 3])
        quotas.append({"specialty": s, "min": low, "max": rng.randint(low, rng.choice([low, 5, 10]))})
    return quotas if sum(q["min"] for q in quotas) <= 10 else random_quotas(rng)


def subsets(items):
    return [set(c) for k in range(len(items) + 1) for c in itertools.combinations(items, k)]


def r(q, c, A):
    return sum(min(c, sum(n for (f, s), n in q.cells.items() if f == e and s in A)) for e in q.employers)


def brute_cap(q, maxPerEmployer):
    for c in range(1, maxPerEmployer + 1):
        if all(sum(q.min[s] for s in A) <= r(q, c, A) and
               r(q, c, A) + sum(q.max[s] for s in q.specialties if s not in A) >= 10 for A in subsets(q.specialties)):
            return c
    c = maxPerEmployer
    for bound, worth in (("min", lambda A: sum(q.min[s] for s in A) - r(q, c, A)),
                         ("max", lambda B: 10 - sum(q.max[s] for s in B) - r(q, c, set(q.specialties) - B))):
        best = max(worth(A) for A in subsets(q.specialties))
        if best > 0:
            return bound, set.intersection(*(A for A in subsets(q.specialties) if worth(A) == best))


def programme(q, c, fixed, cells):
    """Rows for the variables π of the cells and a last one, λ."""
    width = len(cells) + 1

    def row(chosen):
        return [q.cells[cell] if chosen(cell) else 0 for cell in cells] + [0]

    def unit(i):
        return [int(i == j) for j in range(width)]

    equal = [(row(lambda cell: True), 10)]
    equal += [(unit(i), fixed[cell]) for i, cell in enumerate(cells) if cell in fixed]
    upper = [(unit(i), 1) for i in range(len(cells))]
    upper += [(row(lambda cell, e=e: cell[0] == e), c) for e in q.employers]
    for s in q.specialties:
        upper.append((row(lambda cell: cell[1] == s), q.max[s]))
        upper.append(([-x for x in row(lambda cell: cell[1] == s)], -q.min[s]))
    for i, cell in enumerate(cells):
        if cell not in fixed:
            upper.append(([-int(j == i) for j in range(len(cells))] + [1], 0))
    return equal, upper, unit


def brute_leximin(q, c):
    fixed, cells = {}, sorted(q.cells)
    while len(fixed) < len(cells):
        equal, upper, unit = programme(q, c, fixed, cells)
        value = maximise(unit(len(cells)), equal, upper)
        level = equal + [(unit(len(cells)), value)]
        fixed |= {cell: value for i, cell in enumerate(cells)
                  if cell not in fixed and maximise(unit(i), level, upper) == value}
    return fixed


def around(x):
    return floor(x), ceil(x)


def reached(ways, start):
    seen, stack = {start}, [start]
    while stack:
        for node in ways.get(stack.pop(), []):
            if node not in seen:
                seen.add(node)
                stack.append(node)
    return seen


def brute_sets(cells, chance, by_specialty):
    """Counts all matrices of cell counts, cell by cell, and keeps those whose sums are allowed."""
    order, total = sorted(cells), 0
    expected = {cell: cells[cell] * chance[cell] for cell in order}
    for counts in itertools.product(*(range(min(cells[cell], 10) + 1) for cell in order)):
        if sum(counts) != 10:
            continue
        if by_specialty and not all(k in around(expected[cell]) for cell, k in zip(order, counts)):
            continue
        if all(sum(k for cell, k in zip(order, counts) if cell[axis] == name) in
               around(sum(expected[cell] for cell in order if cell[axis] == name))
               for axis in ((0, 1) if by_specialty else (0,)) for name in {cell[axis] for cell in order}):
            ways = 1
            for cell, k in zip(order, counts):
                ways *= comb(cells[cell], k)
            total += ways
    return total


class Caps(unittest.TestCase):
    def test_leximin(self):
        """Section 6.1 is what 6.2 gives with bounds 0 … 10."""
        rng = random.Random(5)
        for _ in range(200):
            cells = random_cells(rng, rng.randint(10, 60), rng.randint(2, 14), 1)
            n = {e: count for (e, _), count in cells.items()}
            c = next(c for c in range(1, 11) if sum(min(c, k) for k in n.values()) >= 10)
            free = free_chance(n, c)
            chance = {(e, s): min(Fraction(c, n[e]), free) for e, s in cells}
            self.assertEqual(sum(cells[cell] * chance[cell] for cell in cells), 10)
            self.assertEqual(leximin(Quotas(cells, []), c), chance)

    def test_sets(self):
        rng = random.Random(6)
        for _ in range(100):
            cells = random_cells(rng, rng.randint(10, 20), rng.randint(3, 5), 1)
            n = {e: count for (e, _), count in cells.items()}
            c = next(c for c in range(1, 11) if sum(min(c, k) for k in n.values()) >= 10)
            chance = {e: min(Fraction(c, n[e]), free_chance(n, c)) for e in n}
            of_cells = {cell: chance[cell[0]] for cell in cells}
            self.assertEqual(sets_under_caps(n, chance), brute_sets(cells, of_cells, False))


class UnderQuotas(unittest.TestCase):
    def test_cap_and_infeasible(self):
        rng, seen = random.Random(7), {}
        for _ in range(1500):
            cells = random_cells(rng, rng.randint(10, 30), rng.randint(2, 12), rng.randint(1, 5))
            q, m = Quotas(cells, random_quotas(rng)), rng.randint(1, 5)
            if r(q, m, q.specialties) < 10:  # caps_infeasible comes first
                continue
            want = brute_cap(q, m)
            try:
                got = cap_of(q, m)
            except DrawError as error:
                got = error.fields["bound"], {s["specialty"] for s in error.fields["specialties"]}
                self.check_numbers(q, m, error.fields, got[1])
            self.assertEqual(got, want)
            key = got if isinstance(got, int) else got[0]
            seen[key] = seen.get(key, 0) + 1
        self.assertTrue(all(seen.get(key, 0) > 40 for key in (1, 2, 3, "min", "max")), seen)

    def check_numbers(self, q, m, fields, chosen):
        self.assertTrue(chosen)
        names = [s["specialty"] for s in fields["specialties"]]
        self.assertEqual(names, sorted(names, key=utf8))
        if fields["bound"] == "min":
            self.assertEqual(fields["need"], sum(q.min[s] for s in chosen))
            self.assertEqual(fields["reachable"], r(q, m, chosen))
        else:
            self.assertEqual(fields["need"], 10)
            self.assertEqual(fields["reachable"],
                             sum(q.max[s] for s in chosen) + r(q, m, set(q.specialties) - chosen))
        self.assertLess(fields["reachable"], fields["need"])

    def test_leximin_by_linear_programmes(self):
        rng, levels = random.Random(8), []
        while len(levels) < 60:
            cells = random_cells(rng, rng.randint(10, 25), rng.randint(3, 8), rng.randint(1, 4))
            if len(cells) > 9:
                continue
            q = Quotas(cells, random_quotas(rng))
            try:
                c = cap_of(q, rng.randint(1, 10))
            except DrawError:
                continue
            chance = leximin(q, c)
            self.assertEqual(chance, brute_leximin(q, c))
            levels.append(len(set(chance.values())))
        self.assertGreater(sum(count > 2 for count in levels), 10)

    def test_bounds_kept(self):
        rng, kept = random.Random(9), 0
        while kept < 150:
            cells = random_cells(rng, rng.randint(12, 120), rng.randint(3, 40), rng.randint(1, 5))
            quotas = random_quotas(rng)
            try:
                found = chances_of_cells(cells, rng.randint(1, 10), quotas)
            except DrawError:
                continue
            kept += 1
            expected = {cell: n * found.chance[cell] for cell, n in cells.items()}
            self.assertEqual(sum(expected.values()), 10)
            self.assertTrue(all(0 <= chance <= 1 for chance in found.chance.values()))
            for e, _ in cells:
                self.assertLessEqual(sum(x for cell, x in expected.items() if cell[0] == e), found.cap)
            for quota in quotas:
                x = sum(x for cell, x in expected.items() if cell[1] == quota["specialty"])
                self.assertTrue(quota["min"] <= x <= quota["max"])
            self.check_nobody_can_rise(Quotas(cells, quotas), found)

    def check_nobody_can_rise(self, q, found):
        """Leximin by its other meaning: no cell can rise without one that is no higher going down. Such a rise would be
        a cycle over the cell along which only higher cells go down."""
        expected = {cell: n * found.chance[cell] for cell, n in q.cells.items()}
        for level in set(found.chance.values()) - {1}:
            ways = {}
            for (e, s), chance in found.chance.items():
                if chance < 1:
                    ways.setdefault(("e", e), []).append(("s", s))
                if chance > level:
                    ways.setdefault(("s", s), []).append(("e", e))
            for e in q.employers:
                x = sum(x for cell, x in expected.items() if cell[0] == e)
                if x < found.cap:
                    ways.setdefault("source", []).append(("e", e))
                if x > 0:
                    ways.setdefault(("e", e), []).append("source")
            for s in q.specialties:
                x = sum(x for cell, x in expected.items() if cell[1] == s)
                if x < q.max[s]:
                    ways.setdefault(("s", s), []).append("sink")
                if x > q.min[s]:
                    ways.setdefault("sink", []).append(("s", s))
            for (e, s), chance in found.chance.items():
                if chance == level:
                    self.assertNotIn(("e", e), reached(ways, ("s", s)))

    def test_sets(self):
        rng, done, nontrivial = random.Random(10), 0, 0
        while done < 150:
            cells = random_cells(rng, rng.randint(10, 16), rng.randint(2, 6), rng.randint(1, 4))
            if len(cells) > 8:
                continue
            q = Quotas(cells, random_quotas(rng))
            try:
                chance = leximin(q, cap_of(q, 10))
            except DrawError:
                continue
            done += 1
            want = brute_sets(cells, chance, True)
            nontrivial += want > 50
            self.assertEqual(sets_under_quotas(cells, chance), want)
        self.assertGreater(nontrivial, 30)


class Errors(unittest.TestCase):
    def code(self, cells, m, quotas=()):
        with self.assertRaises(DrawError) as caught:
            chances_of_cells(cells, m, list(quotas))
        return caught.exception.record()

    def test_records(self):
        self.assertEqual(self.code({}, 1), {"code": "pool_too_small", "eligible": 0, "need": 10})
        self.assertEqual(self.code({(1, "A"): 9}, 1), {"code": "pool_too_small", "eligible": 9, "need": 10})
        self.assertEqual(self.code({(1, "A"): 9, (2, "A"): 1}, 2),
                         {"code": "caps_infeasible", "maxPerEmployer": 2, "reachable": 3, "need": 10})
        self.assertEqual(self.code({(1, "A"): 10}, 10), {"code": "too_few_sets", "sets": "1", "need": "1048576"})
        need_b = [{"specialty": "B", "min": 1, "max": 10}]
        self.assertEqual(self.code({(1, "A"): 30}, 10, need_b), {
            "code": "quotas_infeasible", "bound": "min", "maxPerEmployer": 10, "need": 1, "reachable": 0,
            "specialties": [{"specialty": "B", "min": 1, "max": 10, "eligible": 0, "reachable": 0}]})

    def test_quota_without_effect_is_still_section_6_2(self):
        cells = {(e, "A"): 2 for e in range(1, 21)}
        found = chances_of_cells(cells, 1, [{"specialty": "A", "min": 0, "max": 10}])
        self.assertIsInstance(found, Chances)
        self.assertIsNone(found.free)
        self.assertEqual(found.possible_sets, chances_of_cells(cells, 1, []).possible_sets)


if __name__ == "__main__":
    unittest.main()
