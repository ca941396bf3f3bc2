"""Section 12: what makes a document one of this format. All else has a code of its own."""

from .beacon import is_value
from .encoding import has_fields, is_field_text, is_hex, is_integer
from .ledger import is_place
from .plan import MAX_ROUND

FORMAT = "lunzheng-draw-evidence/1"
FIELDS = ("format", "plan", "planKey", "rules", "rulesHash", "pool", "poolRoot", "drawId", "proofs", "commit", "result",
          "defaultPanel", "departures", "openings")
PROOF_LENGTH = 80


def is_evidence(v):
    names = (*FIELDS, "roundBefore") if isinstance(v, dict) and "roundBefore" in v else FIELDS
    return (_has_fields_and_awaited(v, *names) and v["format"] == FORMAT and _is_plan(v["plan"])
            and all(is_hex(v[name], 32) for name in ("planKey", "rulesHash", "poolRoot", "drawId"))
            and _are_proofs(v["proofs"]) and isinstance(v["pool"], list) and _is_list(v["openings"], _is_opening)
            and is_place(v["commit"]) and ("roundBefore" not in v or is_place(v["roundBefore"]))
            and _is_list(v["departures"], _is_departure))


def _has_fields_and_awaited(v, *names):
    """`awaited` is there where `proofs` has a `beacon`, and a place in the ledger."""
    timed = isinstance(v, dict) and isinstance(v.get("proofs"), dict) and "beacon" in v["proofs"]
    return has_fields(v, *names, *(["awaited"] if timed else [])) and (not timed or is_place(v["awaited"]))


def _is_list(v, is_item):
    return isinstance(v, list) and all(is_item(item) for item in v)


def _is_plan(v):
    return (has_fields(v, "permit", "categories", "part", "round") and isinstance(v["permit"], str)
            and isinstance(v["part"], str) and _is_list(v["categories"], is_field_text)
            and is_integer(v["round"], 1, MAX_ROUND))


def _are_proofs(v):
    names = ("server", "witness", "beacon") if isinstance(v, dict) and "beacon" in v else ("server", "witness")
    return (has_fields(v, *names) and is_hex(v["server"], PROOF_LENGTH)
            and ("beacon" not in v or is_value(v["beacon"])) and (v["witness"] is None or is_hex(v["witness"], PROOF_LENGTH)))


def _is_opening(v):
    return (has_fields(v, "employer", "id", "name", "salt") and is_hex(v["salt"], 32)
            and all(is_field_text(v[name]) for name in ("employer", "id", "name")))


def _is_departure(v):
    return (has_fields(v, "seat", "leaver", "refusal", "replacement") and is_integer(v["seat"], 1, 20)
            and is_field_text(v["leaver"]) and is_place(v["refusal"])
            and (v["replacement"] is None or _is_replacement(v["replacement"])))


def _is_replacement(v):
    return (_has_fields_and_awaited(v, "number", "input", "proofs", "widened", "taken") and is_integer(v["number"], 1, 10)
            and is_hex(v["input"], 32) and _are_proofs(v["proofs"]) and isinstance(v["widened"], bool))
