"""For tests: an exact linear programme, by simplex with Bland's rule. Knows nothing of flows."""

from fractions import Fraction


def maximise(objective, equal, upper):
    """max objective·x for x ≥ 0, with rows (coefficients, right side) that are equal to or at most the right side.
    The optimum, or None where nothing is feasible."""
    n, rows = len(objective), []
    slack = len(upper)
    for i, (row, b) in enumerate(upper):
        rows.append([Fraction(x) for x in row] + [Fraction(int(i == j)) for j in range(slack)] + [Fraction(b)])
    for row, b in equal:
        rows.append([Fraction(x) for x in row] + [Fraction(0)] * slack + [Fraction(b)])
    rows = [[-x for x in row] if row[-1] < 0 else row for row in rows]
    width, m = n + slack, len(rows)
    table = [row[:-1] + [Fraction(int(i == j)) for j in range(m)] + row[-1:] for i, row in enumerate(rows)]
    basis = [width + i for i in range(m)]
    costs = [Fraction(0)] * width + [Fraction(-1)] * m
    if _run(table, basis, costs, width + m) != 0:
        return None
    costs = [Fraction(x) for x in objective] + [Fraction(0)] * (slack + m)
    _drive_out(table, basis, width)
    return _run(table, basis, costs, width)


def _drive_out(table, basis, width):
    for i in range(len(table)):
        if basis[i] >= width:
            j = next((j for j in range(width) if table[i][j] != 0), None)
            if j is not None:
                _pivot(table, basis, i, j)


def _run(table, basis, costs, usable):
    while True:
        worth = [costs[b] for b in basis]
        entering = next((j for j in range(usable)
                         if costs[j] - sum(w * row[j] for w, row in zip(worth, table) if w and row[j]) > 0), None)
        if entering is None:
            return sum(w * row[-1] for w, row in zip(worth, table))
        ratios = [(row[-1] / row[entering], basis[i], i) for i, row in enumerate(table) if row[entering] > 0]
        _pivot(table, basis, min(ratios)[2], entering)


def _pivot(table, basis, i, j):
    pivot = table[i][j]
    table[i] = [x / pivot if x else x for x in table[i]]
    present = [(column, x) for column, x in enumerate(table[i]) if x]
    for k, row in enumerate(table):
        factor = row[j]
        if k != i and factor:
            for column, x in present:
                row[column] -= factor * x
    basis[i] = j
