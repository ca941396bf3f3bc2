"""Section 5: leaves, employer numbers, openings, the root of the pool."""

from .canonical import J, JSON
from .encoding import HMAC, has_fields, is_field_text, is_hex, is_integer, is_text, require, text, utf8
from .labels import L
from .merkle import leaf_hash, root_of
from .salts import identity_salt, leaf_salt

LEAF_FIELDS = ("v", "id", "employer", "specialty", "excluded", "identity", "salt")
CANDIDATE_FIELDS = ("id", "name", "employerId", "employerName", "specialty", "excluded")
MAX_EMPLOYER = 1_000_000


def build_pool(D, candidates):
    """The leaves in order and the opening of each."""
    for candidate in candidates:
        check_candidate(candidate)
    numbers = employer_numbers(D, {candidate["employerId"] for candidate in candidates})
    ordered = sorted(candidates, key=lambda candidate: utf8(candidate["id"]))
    openings = [opening(D, candidate) for candidate in ordered]
    leaves = [leaf(D, candidate, numbers, opened) for candidate, opened in zip(ordered, openings)]
    require(in_order(leaves), "two leaves with the same id")
    return leaves, openings


def check_candidate(candidate):
    require(has_fields(candidate, *CANDIDATE_FIELDS) or has_fields(candidate, *CANDIDATE_FIELDS, "cameBy"),
            "candidate fields")
    texts = [candidate[name] for name in CANDIDATE_FIELDS if name != "excluded"]
    require(all(is_text(t) for t in texts), "candidate text")
    require(candidate["excluded"] is None or is_text(candidate["excluded"]), "candidate excluded")


def employer_numbers(D, lasting):
    """Lasting identifiers of employers → numbers from 1."""
    ordered = sorted(lasting, key=lambda t: HMAC(D, L.employerNumber, text(t)))
    return {identifier: number for number, identifier in enumerate(ordered, 1)}


def opening(D, candidate):
    id = candidate["id"]
    return {"employer": candidate["employerName"], "id": id, "name": candidate["name"],
            "salt": identity_salt(D, id).hex()}


def identity(opened):
    return J(L.identity, opened)


def leaf(D, candidate, numbers, opened):
    record = {
        "v": 1,
        "id": candidate["id"],
        "employer": numbers[candidate["employerId"]],
        "specialty": candidate["specialty"],
        "excluded": candidate["excluded"],
        "identity": identity(opened).hex(),
        "salt": leaf_salt(D, candidate["id"]).hex(),
    }
    if candidate.get("cameBy") is not None:
        record |= {"v": 2, "cameBy": candidate["cameBy"]}
    return record


def pool_root(leaves):
    return root_of([leaf_hash(JSON(record)) for record in leaves])


def eligible_of(leaves):
    return [record for record in leaves if record["excluded"] is None]


def in_order(leaves):
    """By id, ascending, none doubled."""
    ids = [utf8(record["id"]) for record in leaves]
    return all(a < b for a, b in zip(ids, ids[1:]))


def check_leaf(record):
    require(isinstance(record, dict) and is_integer(record.get("v"), 1, 2), "leaf v")
    fields = LEAF_FIELDS + ("cameBy",) if record["v"] == 2 else LEAF_FIELDS
    require(has_fields(record, *fields), "leaf fields")
    require(is_field_text(record["id"]) and is_field_text(record["specialty"]), "leaf text")
    require(is_integer(record["employer"], 1, MAX_EMPLOYER), "leaf employer")
    require(record["excluded"] is None or is_field_text(record["excluded"]), "leaf excluded")
    require(is_hex(record["identity"], 32) and is_hex(record["salt"], 32), "leaf hex")
    if record["v"] == 2:
        came = record["cameBy"]
        require(has_fields(came, "step", "from") and is_field_text(came["step"]) and is_field_text(came["from"]),
                "leaf cameBy")
