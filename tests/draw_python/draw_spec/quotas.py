"""Section 6.2: the bounds of specialties, the cap, and the error quotas_infeasible."""

from .encoding import utf8
from .errors import DrawError
from .flow import Flow

SIZE = 10


class Quotas:
    """The cells {(e, s): n_es} with min_s and max_s of each specialty that has a cell or a quota."""

    def __init__(self, cells, quotas):
        bounds = {s: (0, SIZE) for _, s in cells}
        bounds |= {quota["specialty"]: (quota["min"], quota["max"]) for quota in quotas}
        self.cells = cells
        self.specialties = sorted(bounds, key=utf8)
        self.employers = sorted({e for e, _ in cells})
        self.min = {s: bounds[s][0] for s in self.specialties}
        self.max = {s: bounds[s][1] for s in self.specialties}


def cap_of(q, maxPerEmployer):
    """The smallest cap under which some ten keep cap and quotas."""
    for c in range(1, maxPerEmployer + 1):
        if short_of_min(q, c) is None and short_of_ten(q, c) is None:
            return c
    raise infeasible(q, maxPerEmployer)


def infeasible(q, c):
    A = short_of_min(q, c)
    if A is not None:
        need, reachable = sum(q.min[s] for s in A), r(q, c, A)
        return _error(q, c, "min", A, need, reachable)
    B = short_of_ten(q, c)
    others = [s for s in q.specialties if s not in B]
    return _error(q, c, "max", B, SIZE, sum(q.max[s] for s in B) + r(q, c, others))


def r(q, c, A):
    """r_c(A): so many of A's specialties can be drawn under the cap c."""
    held = dict.fromkeys(q.employers, 0)
    for (e, s), n in q.cells.items():
        if s in A:
            held[e] += n
    return sum(min(c, n) for n in held.values())


def short_of_min(q, c):
    """The least of the sets A for which Σ min_s − r_c(A) is greatest; None when that is not above 0."""
    flow, value = _flow(q, c, q.min)
    if value == sum(q.min.values()):
        return None
    reached = flow.reached_from(0)
    return [s for i, s in enumerate(q.specialties, 1) if i in reached]


def short_of_ten(q, c):
    """The least of the sets B for which 10 − Σ_B max_s − r_c(those not in B) is greatest; None when not above 0."""
    flow, value = _flow(q, c, q.max)
    if value >= SIZE:
        return None
    reaching = flow.reaching(len(flow.arcs) - 1)
    return [s for i, s in enumerate(q.specialties, 1) if i in reaching]


def _flow(q, c, supply):
    """Source → s (supply) → e (n_es) → sink (c). A cut with the specialties A on the source's side is worth
    Σ_{s∉A} supply + r_c(A); what the source reaches is the least such A, what does not reach the sink the greatest."""
    specialty = {s: i for i, s in enumerate(q.specialties, 1)}
    employer = {e: i for i, e in enumerate(q.employers, 1 + len(specialty))}
    sink = 1 + len(specialty) + len(employer)
    flow = Flow(sink + 1)
    for s, node in specialty.items():
        flow.add(0, node, supply[s])
    for (e, s), n in q.cells.items():
        flow.add(specialty[s], employer[e], n)
    for node in employer.values():
        flow.add(node, sink, c)
    return flow, flow.maximise(0, sink)


def _error(q, c, bound, chosen, need, reachable):
    listed = [{"specialty": s, "min": q.min[s], "max": q.max[s],
               "eligible": sum(n for (_, other), n in q.cells.items() if other == s),
               "reachable": r(q, c, [s])} for s in chosen]
    return DrawError("quotas_infeasible", bound=bound, maxPerEmployer=c, need=need, reachable=reachable,
                     specialties=listed)
