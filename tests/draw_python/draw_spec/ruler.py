"""Section 9.1: the ruler."""

from .tickets import employers_in_order, uniform_start


def ruler(chances, eligible, seed, round, by_ticket):
    """The stretches (leaf, width) from left to right; by_ticket sorts leaves by ticket, then id."""
    D, stretches = chances.denominator, []
    for e in employers_in_order(seed, round, {record["employer"] for record in eligible}):
        own = sorted((record for record in eligible if record["employer"] == e), key=by_ticket)
        stretches += [(record, int(chances.chance[e, record["specialty"]] * D)) for record in own]
    return stretches


def draw_by_ruler(chances, eligible, seed, round, by_ticket):
    """The fields of the result beside cap, denominator, possibleSets and seats; and {id: pin}."""
    D = chances.denominator
    u = uniform_start(seed, round, D)
    pins = _pins(ruler(chances, eligible, seed, round, by_ticket), u, D)
    free = {"num": str(chances.free.numerator), "den": str(chances.free.denominator)}
    return {"free": free, "offset": str(u)}, pins


def _pins(stretches, u, D):
    pins, left, number = {}, 0, 1
    for record, width in stretches:
        if left <= u + (number - 1) * D < left + width:
            pins[record["id"]] = number
            number += 1
        left += width
    return pins
