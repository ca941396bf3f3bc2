"""Section 9: the ten and the result record."""

from .encoding import utf8
from .rounding import draw_by_rounding
from .ruler import draw_by_ruler
from .tickets import ticket


def tickets_of(eligible, seed, round):
    return {record["id"]: ticket(seed, round, 0, record["id"]) for record in eligible}


def result_of(chances, eligible, rules, seed, round):
    tickets = tickets_of(eligible, seed, round)

    def by_ticket(record):
        return tickets[record["id"]], utf8(record["id"])

    if rules["quotas"]:
        own, pins = draw_by_rounding(chances, eligible, seed, round)
    else:
        own, pins = draw_by_ruler(chances, eligible, seed, round, by_ticket)
    drawn = sorted((record for record in eligible if record["id"] in pins), key=by_ticket)
    seats = [seat_record(seat, pins[record["id"]], record, tickets[record["id"]])
             for seat, record in enumerate(drawn, 1)]
    return {"cap": chances.cap, "denominator": str(chances.denominator),
            "possibleSets": str(chances.possible_sets), "seats": seats, **own}


def seat_record(seat, pin, record, own_ticket):
    return {"seat": seat, "pin": pin, "id": record["id"], "employer": record["employer"],
            "specialty": record["specialty"], "ticket": own_ticket.hex()}
