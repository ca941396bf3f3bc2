"""Section 11: replacements."""

from .draw import seat_record
from .encoding import SHA256, text, u32be, utf8
from .entropy import verified_seed
from .errors import DrawError
from .labels import L
from .tickets import ticket

MAX_REPLACEMENTS = 10


class Seats:
    """The seats held, and who was ever drawn, as departures are taken in order."""

    def __init__(self, seats, eligible, rules, cap):
        self.held = {seat["seat"]: seat for seat in seats}
        self.drawn = {seat["id"] for seat in seats}
        self.eligible, self.rules, self.cap = eligible, rules, cap
        self.number = 0

    def next_departure(self):
        """q."""
        self.number += 1
        return self.number

    def leave(self, seat, leaver):
        """Takes the leaver from the seat; their seat record."""
        if type(seat) is not int or seat not in self.held:
            raise DrawError("seat_not_held")
        if self.held[seat]["id"] != leaver:
            raise DrawError("leaver")
        return self.held.pop(seat)

    def candidates(self, left):
        """(candidates, widened) for the place of the seat record that was left; a DrawError when nobody may come."""
        if self.number > MAX_REPLACEMENTS:
            raise DrawError("replacements_exhausted")
        able = [record for record in self.eligible if record["id"] not in self.drawn and self._cap_allows(record)]
        same = [record for record in able if record["specialty"] == left["specialty"]]
        if same:
            return same, False
        if self.rules["replacementSpecialty"] == "keep_then_any":
            able = [record for record in able if self._quotas_hold(record)]
            if able:
                return able, True
        raise DrawError("no_replacement")

    def _cap_allows(self, record):
        return sum(seat["employer"] == record["employer"] for seat in self.held.values()) < self.cap

    def _quotas_hold(self, record):
        specialties = [seat["specialty"] for seat in self.held.values()] + [record["specialty"]]
        return all(quota["min"] <= specialties.count(quota["specialty"]) <= quota["max"]
                   for quota in self.rules["quotas"])

    def come(self, seat):
        self.held[seat["seat"]] = seat
        self.drawn.add(seat["id"])


def replacement_input(drawId, s, q, leaver):
    return SHA256(L.replacementInput, drawId, u32be(s), u32be(q), text(leaver))


def replacement_seed(rules, input, proofs):
    return verified_seed(L.replacementSeed, rules, input, proofs)


def taken_of(candidates, rseed, round, q):
    tickets = {record["id"]: ticket(rseed, round, q, record["id"]) for record in candidates}
    first = min(candidates, key=lambda record: (tickets[record["id"]], utf8(record["id"])))
    return seat_record(MAX_REPLACEMENTS + q, None, first, tickets[first["id"]])


def depart(seats, drawId, round, departure):
    """One departure {seat, leaver, proofs}: what recompute.py tells of it."""
    try:
        left = seats.leave(departure["seat"], departure["leaver"])
    except DrawError as error:
        return {"number": seats.number + 1, "error": error.record()}
    q = seats.next_departure()
    try:
        return {"number": q, **_refill(seats, drawId, round, q, departure, left)}
    except DrawError as error:
        return {"number": q, "error": error.record()}


def _refill(seats, drawId, round, q, departure, left):
    seat, leaver = departure["seat"], departure["leaver"]
    candidates, widened = seats.candidates(left)
    input = replacement_input(drawId, seat, q, leaver)
    rseed = replacement_seed(seats.rules, input, departure["proofs"])
    taken = taken_of(candidates, rseed, round, q)
    seats.come(taken)
    ids = sorted((record["id"] for record in candidates), key=utf8)
    return {"input": input.hex(), "widened": widened, "candidates": ids, "seed": rseed.hex(), "taken": taken}
