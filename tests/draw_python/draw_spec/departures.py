"""Section 12: the checks `departure_…` of an evidence document."""

from .awaited import check_awaited, check_time
from .canonical import same
from .encoding import require, unhex
from .entropy import beacon_output, seed_of, server_output, witness_output
from .errors import DrawError, Invalid
from .labels import L
from .ledger import check_entry, check_inclusion, check_payload, checkpoint_of
from .pool import eligible_of
from .replace import Seats, replacement_input, taken_of
from .signatures import check_checkpoint

_UNREADABLE = (Invalid, DrawError, ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)


def departure_outcomes(evidence, ledger_keys):
    """(code, None or why it fails): "departure" for each that stands, up to the first that does not."""
    outcomes, walk, refusals = [], None, []
    for departure in evidence["departures"]:
        checks = [("refusal_reused", lambda: _check_new(departure["refusal"], refusals)),
                  ("refusal_entry", lambda: _check_refusal(evidence, departure, refusals)),
                  ("refusal_inclusion", lambda: check_inclusion(departure["refusal"])),
                  ("refusal_checkpoint", lambda: _check_checkpoint(evidence, departure, ledger_keys))]
        failed = _first_failed(checks)
        if failed is None:
            try:
                walk = walk or _Walk(evidence, ledger_keys)
                failed = _first_failed(walk.checks(departure))
            except _UNREADABLE as error:  # from a record that has failed before: who may come can't be told
                failed = "seat_not_held", f"cannot be told, {type(error).__name__}: {error}"
        if failed is not None:
            return [*outcomes, ("departure_" + failed[0], failed[1])]
        refusals.append(departure["refusal"])
        outcomes.append(("departure", None))
    return outcomes


def _first_failed(checks):
    """(code, why) of the first check that fails, else None."""
    for code, check in checks:
        try:
            check()
        except _UNREADABLE as error:
            return code, f"{type(error).__name__}: {error}"
    return None


class _Walk:
    """Plays the departures on the seats, the cap and the drawId that the evidence claims."""

    def __init__(self, evidence, ledger_keys):
        result, self.rules = evidence["result"], evidence["rules"]
        self.seats = Seats(result["seats"], eligible_of(evidence["pool"]), self.rules, result["cap"])
        self.keys = ledger_keys
        self.drawId, self.round = unhex(evidence["drawId"], 32), evidence["plan"]["round"]

    def checks(self, departure):
        """Each is made before the next is asked for."""
        replacement = departure["replacement"]
        self.seats.next_departure()
        yield "seat_not_held", lambda: require(departure["seat"] in self.seats.held, "seat is not held")
        yield "leaver", lambda: self._leave(departure)
        allowed = self._candidates()
        if replacement is None:
            yield "replacement_missing", lambda: require(allowed is None, "somebody can come")
        else:
            yield "not_allowed", lambda: require(allowed is not None, "nobody may come")
            yield from self._replacement_checks(departure, replacement, *allowed)
        yield "refusal_payload", lambda: self._check_payload(departure)

    def _replacement_checks(self, departure, replacement, candidates, widened):
        q, outputs = self.seats.number, []
        claimed = replacement["number"], replacement["widened"]
        yield "number", lambda: require(same(claimed, (q, widened)), "another number, or widened otherwise")
        yield "input", lambda: self._check_input(departure, replacement, q)
        input, proofs = unhex(replacement["input"], 32), replacement["proofs"]
        yield "server_proof", lambda: outputs.extend(server_output(self.rules, input, proofs))
        yield "witness_proof", lambda: outputs.extend(witness_output(self.rules, input, proofs))
        refusal = departure["refusal"]
        yield "beacon_awaited", lambda: check_awaited(self.rules, input, replacement, refusal, self.keys)
        yield "beacon_value", lambda: outputs.extend(beacon_output(self.rules, proofs))
        yield "beacon_value", lambda: check_time(self.rules, proofs, refusal, self.keys)
        yield "taken", lambda: self._check_taken(replacement, outputs, candidates, q)
        self.seats.come(replacement["taken"])

    def _check_payload(self, departure):
        """What the ledger's entry says is of this draw, seat, leaver and number."""
        said = {"drawId": self.drawId.hex(), "seat": departure["seat"], "leaver": departure["leaver"]}
        if departure["replacement"] is not None:
            said["number"] = self.seats.number
        check_payload(departure["refusal"], said)

    def _leave(self, departure):
        self.left = self.seats.leave(departure["seat"], departure["leaver"])

    def _candidates(self):
        try:
            return self.seats.candidates(self.left)
        except DrawError:
            return None

    def _check_input(self, departure, replacement, q):
        input = replacement_input(self.drawId, departure["seat"], q, departure["leaver"])
        require(replacement["input"] == input.hex(), "another input")

    def _check_taken(self, replacement, outputs, candidates, q):
        rseed = seed_of(L.replacementSeed, self.rules["level"], unhex(replacement["input"], 32), outputs)
        require(same(replacement["taken"], taken_of(candidates, rseed, self.round, q)), "another is taken")


def _check_new(place, refusals):
    """No two departures have the same refusal: neither its index nor its text."""
    require(all(place["index"] != other["index"] and place["leaf"] != other["leaf"] for other in refusals),
            "refusal of another departure")


def _check_refusal(evidence, departure, refusals):
    type_ = "draw.seat_not_refilled" if departure["replacement"] is None else "draw.seat_left"
    check_entry(departure["refusal"], type_)
    before = [evidence["commit"], *refusals]
    require(all(departure["refusal"]["index"] > place["index"] for place in before), "before what it follows")


def _check_checkpoint(evidence, departure, ledger_keys):
    place = departure["refusal"]
    origin = checkpoint_of(place["proof"])[2]
    require(origin == checkpoint_of(evidence["commit"]["proof"])[2], "in another ledger than the commit")
    check_checkpoint(place, origin, evidence["rules"]["level"], ledger_keys)
