"""Section 12: true evidence passes; each change is named by its code first."""

import copy
import json
import os
import pathlib
import random
import unittest

from draw_spec.canonical import JSON
from draw_spec.encoding import SHA256
from draw_spec.evidence import Trust, verify
from draw_spec.signatures import COSIGNER, LEDGER, Key

from . import prover

VECTORS = pathlib.Path(__file__).parents[2] / "unit" / "draw_lib" / "vectors.json"
KEYS = (Key("log.example/a", LEDGER, prover.key_of(SHA256(b"log"))),
        Key("witness.example/w", COSIGNER, prover.key_of(SHA256(b"witness"))))


def failed(evidence, server=None, witness=None, chains=()):
    rules = evidence["rules"]
    server = [rules["serverKey"]] if server is None else server
    witness = [k for k in [rules["witnessKey"]] if k] if witness is None else witness
    verdict, outcomes = verify(JSON(evidence), Trust(server, witness, KEYS, chains))
    return verdict, [code for code, why in outcomes if why is not None]


class Evidence(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.some = [draw["evidence"] for draw in json.loads(VECTORS.read_text())["draws"]]
        cls.main = cls.some[0]

    def test_true(self):
        for evidence in self.some:
            chains = [evidence["rules"].get("beacon")]
            self.assertEqual(failed(evidence, chains=chains), ("genuine", []))
            self.assertEqual(failed(evidence, server=[], chains=chains),
                             ("consistent_unknown_signer", ["server_key_trusted"]))

    def test_chain_that_is_not_pinned(self):
        evidence = next(e for e in self.some if e["rules"]["level"] == "L3")
        self.assertEqual(failed(evidence), ("consistent_unknown_signer", ["beacon_key_trusted"]))

    def test_changes(self):
        for change, code in CHANGES:
            evidence = copy.deepcopy(self.main)
            change(evidence)
            verdict, codes = failed(evidence, [self.main["rules"]["serverKey"]], [self.main["rules"]["witnessKey"]])
            self.assertEqual((verdict, codes[:1]), ("not_genuine", [code]), (code, codes))

    def test_level(self):
        evidence = next(e for e in self.some if e["rules"]["level"] == "L1")
        self.assertEqual(failed(evidence, witness=["00" * 32]), ("not_genuine", ["level"]))

    def test_unreadable(self):
        good = JSON(self.main)
        for data in (good + b"\n", b"", b"{}", good[:-1], good.replace(b"evidence/1", b"evidence/2")):
            self.assertEqual(verify(data, Trust())[0], "unreadable")

    def test_any_value_replaced(self):
        """Whatever value is put anywhere: no exception, and never genuine."""
        rng = random.Random(22)
        small = copy.deepcopy(self.main)
        for _ in range(int(os.environ.get('FUZZ', 150))):
            evidence = copy.deepcopy(small)
            holder, key, old = random_place(rng, evidence)
            holder[key] = rng.choice([None, True, 0, 1, -1, 2**40, "", "x", [], {}, [[]], {"a": {}}])
            shorter = key in ("openings", "departures") and holder[key] == []  # which is evidence as well
            if JSON(holder[key]) != JSON(old) and not shorter:
                self.assertIn(failed(evidence, [self.main["rules"]["serverKey"]],
                                     [self.main["rules"]["witnessKey"]])[0], ("not_genuine", "unreadable"), (key, old, holder))


def random_place(rng, value):
    while True:
        keys = list(value) if isinstance(value, dict) else range(len(value))
        key = rng.choice(keys)
        if not (isinstance(value[key], (dict, list)) and value[key]) or rng.random() < 0.2:
            return value, key, value[key]
        value = value[key]


def put(*path_and_value):
    *path, last, value = path_and_value

    def change(evidence):
        for step in path:
            evidence = evidence[step]
        evidence[last] = value(evidence[last]) if callable(value) else value
    return change


def flip(text):
    return ("1" if text[0] == "0" else "0") + text[1:]


def swap(items):
    return [items[1], items[0], *items[2:]]


CHANGES = [
    (put("rules", "maxPerEmployer", 11), "rules_record"),
    (put("rules", "spare", None), "rules_record"),
    (put("pool", 0, "employer", 0), "pool_leaves"),
    (put("pool", 0, "v", 2), "pool_leaves"),
    (put("pool", swap), "pool_order"),
    (put("plan", "permit", "a"), "plan_identity"),
    (put("plan", "permit", "A"), "plan_key"),
    (put("planKey", flip), "plan_key"),
    (put("rulesHash", flip), "rules_hash"),
    (put("rules", "regulation", "hash", flip), "rules_hash"),
    (put("pool", 3, "salt", flip), "pool_root"),
    (put("poolRoot", flip), "pool_root"),
    (put("drawId", flip), "draw_id"),
    (put("commit", "at", "x"), "commit_entry"),
    (put("commit", "leafHash", flip), "commit_entry"),
    (put("commit", "leaf", lambda t: t.replace("committed", "other")), "commit_entry"),
    (put("commit", "index", 2**20), "commit_inclusion"),
    (put("commit", "payload", "more", 2), "commit_payload"),
    (put("commit", "salt", flip), "commit_payload"),
    (put("proofs", "server", flip), "server_proof"),
    (put("proofs", "witness", flip), "witness_proof"),
    (put("proofs", "witness", None), "witness_proof"),
    (put("openings", 1, "name", "x"), "openings"),
    (put("openings", 1, "id", "x"), "openings"),
    (put("result", "cap", 9), "result"),
    (put("result", "seats", swap), "result"),
    (put("result", "denominator", int), "result"),
    (put("defaultPanel", [1]), "default_panel"),
    (put("departures", 0, "seat", 20), "departure_seat_not_held"),
    (put("departures", 0, "leaver", "x"), "departure_leaver"),
    (put("departures", 1, "replacement", None), "departure_refusal_entry"),
    (put("departures", 1, "replacement", "number", 1), "departure_number"),
    (put("departures", 1, "replacement", "input", flip), "departure_input"),
    (put("departures", 1, "replacement", "proofs", "server", flip), "departure_server_proof"),
    (put("departures", 1, "replacement", "proofs", "witness", None), "departure_witness_proof"),
    (put("departures", 1, "replacement", "taken", "ticket", flip), "departure_taken"),
    (put("departures", 1, "replacement", "widened", lambda w: not w), "departure_number"),
    (lambda e: put("departures", 1, "refusal", e["departures"][0]["refusal"])(e), "departure_refusal_reused"),
    (put("departures", 1, "refusal", "payload", "seat", 4), "departure_refusal_payload"),
    (put("departures", 1, "refusal", "salt", flip), "departure_refusal_payload"),
    (put("departures", 1, "refusal", "stream", "x"), "departure_refusal_entry"),
    (lambda e: put("departures", 1, "refusal", e["commit"])(e),
     "departure_refusal_entry"),
    (put("departures", 1, "refusal", "index", 2**20), "departure_refusal_inclusion"),
]


if __name__ == "__main__":
    unittest.main()
