"""Section 12: places in the ledger."""

import base64

from .canonical import JSON, read, same
from .encoding import SHA256, has_fields, is_field_text, is_hex, is_integer, require, unhex, utf8
from .merkle import leaf_hash, path_leads

PLACE_FIELDS = ("index", "stream", "at", "leaf", "leafHash", "proof", "salt", "payload")
ENTRY_FIELDS = ("at", "commit", "prev", "seq", "stream", "type", "v")


def is_place(v):
    return (has_fields(v, *PLACE_FIELDS) and is_integer(v["index"], 0, 2**48)
            and is_field_text(v["stream"]) and is_field_text(v["at"]) and is_field_text(v["leaf"], 65_535)
            and is_hex(v["leafHash"], 32) and is_field_text(v["proof"], 16_384)
            and is_hex(v["salt"], 32) and isinstance(v["payload"], dict))


def entry_of(place):
    """The entry that the exact text is of."""
    entry = read(utf8(place["leaf"]))
    require(has_fields(entry, *ENTRY_FIELDS) and same(entry["v"], 1), "entry fields")
    return entry


def check_entry(place, type_):
    """The entry is of the type, and its place says nothing else than its text."""
    entry = entry_of(place)
    require(entry["type"] == type_, f"entry is no {type_}")
    require(same(place["stream"], entry["stream"]) and same(place["at"], entry["at"]), "place and text differ")
    require(place["leafHash"] == leaf_hash(utf8(place["leaf"])).hex(), "leafHash is not that of the text")


def base64_of(line):
    hash_ = base64.b64decode(line, validate=True)
    require(len(hash_) == 32 and base64.b64encode(hash_).decode() == line, "not a hash in base64")
    return hash_


def checkpoint_of(proof):
    """(index, path, origin, size, root) of a tlog-proof; its signatures are not looked at here."""
    head, _, note = proof.partition("\n\n")
    body, _, signatures = note.partition("\n\n")
    first, index, *path = head.split("\n")
    origin, size, root = body.split("\n")
    require(first == "c2sp.org/tlog-proof@v1" and index == f"index {int(index[6:])}" and size == str(int(size)),
            "not a proof in its one spelling")
    require(signatures.startswith("\u2014 ") and signatures.endswith("\n"), "no signature")
    return int(index[6:]), [base64_of(node) for node in path], origin, int(size), base64_of(root)


def check_inclusion(place):
    """The audit path leads from the entry to the root of the checkpoint."""
    index, path, _, size, root = checkpoint_of(place["proof"])
    require(index == place["index"], "proof of another index")
    require(path_leads(leaf_hash(utf8(place["leaf"])), index, size, path, root), "path does not lead to the root")


def check_payload(place, expected):
    """The payload is the one committed to, and holds what is expected."""
    payload = place["payload"]
    committed = SHA256(unhex(place["salt"], 32), JSON(payload)).hex()
    require(committed == entry_of(place)["commit"], "another payload than committed to")
    for name, value in expected.items():
        require(name in payload and same(payload[name], value), f"payload has another {name}")
