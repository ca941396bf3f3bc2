"""Section 12: the checks `departure_…` of an evidence document."""

from .canonical import same
from .encoding import require, unhex
from .entropy import output_of, seed_of
from .errors import DrawError, Invalid
from .labels import L
from .ledger import check_entry, check_inclusion
from .pool import eligible_of
from .replace import Seats, replacement_input, taken_of

DEPARTURE_FIELDS = ("seat", "leaver", "refusal", "replacement")
REPLACEMENT_FIELDS = ("number", "input", "proofs", "widened", "taken")
DEPARTURE_CODES = ("seat_not_held", "leaver", "not_allowed", "replacement_missing", "number", "input", "server_proof",
                   "witness_proof", "taken", "refusal_reused", "refusal_entry", "refusal_inclusion")
_UNREADABLE = (Invalid, DrawError, ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)


def departure_failures(evidence):
    """{code: why}, of the codes that fail for some departure."""
    failures = {}
    walk = _Walk(evidence, failures)
    for departure in evidence["departures"]:
        if not walk.take(departure):
            break
    _check_refusals(evidence, failures)
    return failures


class _Walk:
    """Plays the departures on the seats, the cap and the drawId that the evidence claims."""

    def __init__(self, evidence, failures):
        self.evidence, self.failures, self.seats = evidence, failures, None
        self.rules = evidence["rules"]

    def _fails(self, code, check):
        """Whether the check fails; the first reason for each code is kept."""
        try:
            check()
        except _UNREADABLE as error:
            self.failures.setdefault(code, f"{type(error).__name__}: {error}")
            return True
        return False

    def _start(self):
        if self.seats is None:
            result = self.evidence["result"]
            self.seats = Seats(result["seats"], eligible_of(self.evidence["pool"]), self.rules, result["cap"])
            self.drawId = unhex(self.evidence["drawId"], 32)
            self.round = self.evidence["plan"]["round"]

    def take(self, departure):
        """False where what follows could not be told any more."""
        if self._fails("seat_not_held", lambda: self._arrive(departure)):
            return False
        if self._fails("leaver", lambda: self._leave(departure)):
            return False
        allowed = self._candidates()
        replacement = departure["replacement"]
        if replacement is None:
            return not self._fails("replacement_missing", lambda: require(allowed is None, "somebody can come"))
        if self._fails("not_allowed", lambda: require(allowed is not None, "nobody may come")):
            return False
        self._check_replacement(departure, replacement, *allowed)
        return not self._fails("taken", lambda: self.seats.come(replacement["taken"]))

    def _arrive(self, departure):
        self._start()
        self.seats.next_departure()
        require(type(departure["seat"]) is int and departure["seat"] in self.seats.held, "seat is not held")

    def _leave(self, departure):
        self.left = self.seats.leave(departure["seat"], departure["leaver"])

    def _candidates(self):
        try:
            return self.seats.candidates(self.left)
        except DrawError:
            return None

    def _check_replacement(self, departure, replacement, candidates, widened):
        q = self.seats.number
        self._fails("number", lambda: require(same(replacement["number"], q), "another number"))
        self._fails("input", lambda: self._check_input(departure, replacement, q))
        outputs = []
        self._fails("server_proof", lambda: outputs.append(self._output(replacement, "server", "serverKey")))
        self._fails("witness_proof", lambda: self._check_witness(replacement, outputs))
        self._fails("taken", lambda: self._check_taken(replacement, outputs, candidates, widened, q))

    def _check_input(self, departure, replacement, q):
        input = replacement_input(self.drawId, departure["seat"], q, departure["leaver"])
        require(replacement["input"] == input.hex(), "another input")

    def _check_witness(self, replacement, outputs):
        if self.rules["level"] == "L1":
            require(replacement["proofs"]["witness"] is None, "a witness's proof at L1")
        else:
            outputs.append(self._output(replacement, "witness", "witnessKey"))

    def _output(self, replacement, party, key):
        return output_of(self.rules[key], unhex(replacement["input"], 32), replacement["proofs"][party],
                         f"{party}_proof")

    def _check_taken(self, replacement, outputs, candidates, widened, q):
        level = self.rules["level"]
        require(len(outputs) == (1 if level == "L1" else 2), "no outputs")
        rseed = seed_of(L.replacementSeed, level, unhex(replacement["input"], 32), outputs)
        require(same(replacement["widened"], widened), "widened is otherwise")
        require(same(replacement["taken"], taken_of(candidates, rseed, self.round, q)), "another is taken")


def _check_refusals(evidence, failures):
    seen = set()
    for departure in evidence["departures"]:
        place = departure["refusal"]
        checks = (("refusal_reused", lambda: _check_new(place, seen)),
                  ("refusal_entry", lambda: _check_refusal(evidence, departure)),
                  ("refusal_inclusion", lambda: check_inclusion(place)))
        for code, check in checks:
            try:
                check()
            except _UNREADABLE as error:
                failures.setdefault(code, f"{type(error).__name__}: {error}")


def _check_new(place, seen):
    """No two departures have the same refusal: neither its index nor its text."""
    if isinstance(place, dict):
        own = {("index", str(place.get("index"))), ("leaf", str(place.get("leaf")))}
        require(not own & seen, "refusal of another departure")
        seen |= own


def _check_refusal(evidence, departure):
    type_ = "draw.seat_not_refilled" if departure["replacement"] is None else "draw.seat_left"
    check_entry(departure["refusal"], type_)
    require(departure["refusal"]["index"] > evidence["commit"]["index"], "before the commit")
