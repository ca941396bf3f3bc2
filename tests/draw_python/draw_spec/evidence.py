"""Section 12: checking an evidence document."""

from typing import NamedTuple

from .awaited import check_awaited, check_time
from .canonical import read, same
from .beacon import QUICKNET
from .chances import chances_of
from .departures import departure_outcomes
from .draw import result_of
from .encoding import require, unhex
from .entropy import beacon_output, draw_id, seed_of, server_output, witness_output
from .errors import DrawError, Invalid
from .labels import L
from .ledger import check_entry, check_inclusion, check_payload, checkpoint_of
from .panel import default_panel
from .plan import fold_plan, plan_key
from .pool import check_leaf, eligible_of, identity, in_order, pool_root
from .rules import check_rules, rules_hash
from .shape import is_evidence
from .signatures import check_checkpoint, cosigners, ledgers

TRUST_CODES = ("server_key_trusted", "witness_key_trusted", "ledger_key_trusted", "cosigner_key_trusted",
               "beacon_key_trusted")
FAILURES = (Invalid, DrawError, ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)


class Trust(NamedTuple):
    """Keys of the parties as hex, keys of ledgers and cosigners, records of beacons."""

    server_keys: tuple = ()
    witness_keys: tuple = ()
    ledger_keys: tuple = ()
    chains: tuple = (QUICKNET,)


def verify(data, trust):
    """(verdict, [(code, None or why it fails)]) of the bytes of a document."""
    try:
        evidence = read_evidence(data)
    except Invalid as error:
        return "unreadable", [("readable", str(error))]
    outcomes = [("readable", None)]
    checks = Checks(evidence, trust)
    outcomes += [(code, failure(getattr(checks, code))) for code in RECORD_CODES]
    if all(why is None for _, why in outcomes):  # nothing can be computed from records that are none
        outcomes += [(code, failure(getattr(checks, code))) for code in DRAW_CODES]
        outcomes += departure_outcomes(evidence, trust.ledger_keys)
    outcomes += [(code, failure(getattr(checks, code))) for code in TRUST_CODES]
    return verdict_of(outcomes), outcomes


def failure(check):
    try:
        check()
    except FAILURES as error:
        return f"{type(error).__name__}: {error}"
    return None


def verdict_of(outcomes):
    failed = {code for code, why in outcomes if why is not None}
    if failed - set(TRUST_CODES):
        return "not_genuine"
    return "consistent_unknown_signer" if failed else "genuine"


def read_evidence(data):
    """Canonical JSON of this format. What has a code of its own is not looked at here."""
    evidence = read(data)
    require(is_evidence(evidence), "not of this format")
    return evidence


class Checks:
    """One method for each code, which raises where the check fails."""

    def __init__(self, evidence, trust):
        self.evidence, self.trust, self.proofs = evidence, trust, evidence["proofs"]
        self.plan, self.rules, self.pool = evidence["plan"], evidence["rules"], evidence["pool"]
        self.outputs, self.chances = {}, None

    def _equal(self, name, value):
        require(same(self.evidence[name], value), f"{name} is another")

    def _bytes(self, name):
        return unhex(self.evidence[name], 32)

    def rules_record(self):
        check_rules(self.rules)

    def pool_leaves(self):
        for leaf in self.pool:
            check_leaf(leaf)

    def pool_order(self):
        require(in_order(self.pool), "out of order or doubled")

    def plan_identity(self):
        self._equal("plan", fold_plan(self.plan))

    def plan_key(self):
        self._equal("planKey", plan_key(self.plan).hex())

    def rules_hash(self):
        self._equal("rulesHash", rules_hash(self.rules).hex())

    def pool_root(self):
        self._equal("poolRoot", pool_root(self.pool).hex())

    def draw_id(self):
        parts = self._bytes("planKey"), self.plan["round"], self._bytes("rulesHash"), self._bytes("poolRoot")
        self._equal("drawId", draw_id(*parts).hex())

    def commit_entry(self):
        check_entry(self.evidence["commit"], "draw.committed")

    def commit_inclusion(self):
        check_inclusion(self.evidence["commit"])

    def commit_payload(self):
        names = ("drawId", "planKey", "rulesHash", "poolRoot")
        expected = {name: self.evidence[name] for name in names} | {"round": self.plan["round"]}
        check_payload(self.evidence["commit"], expected)

    def _origin(self):
        return checkpoint_of(self.evidence["commit"]["proof"])[2]

    def commit_checkpoint(self):
        check_checkpoint(self.evidence["commit"], self._origin(), self.rules["level"], self.trust.ledger_keys)

    def _round_before(self):
        """None in a first round, which is to have none."""
        first, place = self.plan["round"] == 1, self.evidence.get("roundBefore")
        require(first == (place is None), "a round above the first has it, and no other")
        return place

    def round_before_entry(self):
        if place := self._round_before():
            check_entry(place, "draw.round_failed")
            require(place["index"] < self.evidence["commit"]["index"], "not before the commit")

    def round_before_inclusion(self):
        if place := self._round_before():
            check_inclusion(place)

    def round_before_payload(self):
        if place := self._round_before():
            before = self.plan | {"round": self.plan["round"] - 1}
            check_payload(place, {"round": before["round"], "planKey": plan_key(before).hex()})
            parts = [unhex(place["payload"][name], 32) for name in ("rulesHash", "poolRoot")]
            check_payload(place, {"drawId": draw_id(plan_key(before), before["round"], *parts).hex()})

    def round_before_checkpoint(self):
        if place := self._round_before():
            require(checkpoint_of(place["proof"])[2] == self._origin(), "in another ledger")
            check_checkpoint(place, self._origin(), self.rules["level"], self.trust.ledger_keys)

    def level(self):
        require(self.rules["level"] != "L1" or not self.trust.witness_keys, "L1 where a witness is trusted")

    def server_proof(self):
        self.outputs["server"] = server_output(self.rules, self._bytes("drawId"), self.proofs)

    def witness_proof(self):
        self.outputs["witness"] = witness_output(self.rules, self._bytes("drawId"), self.proofs)

    def beacon_awaited(self):
        after, keys = self.evidence["commit"], self.trust.ledger_keys
        check_awaited(self.rules, self._bytes("drawId"), self.evidence, after, keys)

    def beacon_value(self):
        self.outputs["beacon"] = beacon_output(self.rules, self.proofs)
        check_time(self.rules, self.proofs, self.evidence["commit"], self.trust.ledger_keys)

    def openings(self):
        leaves, numbers = {leaf["id"]: leaf for leaf in self.pool}, {}
        for opened in self.evidence["openings"]:
            leaf = leaves.get(opened["id"])
            require(leaf and leaf["identity"] == identity(opened).hex(), "another identity than committed to")
            number = numbers.setdefault(opened["employer"], leaf["employer"])
            require(number == leaf["employer"], "one employer under two numbers")

    def widening(self):
        steps = self.rules.get("widening", [])
        names = [taken["step"] for taken in steps]
        for leaf in self.pool:
            require(leaf["v"] == 1 or leaf["cameBy"]["step"] in names, "no step taken")
        for i, taken in enumerate(steps):
            before = [leaf for leaf in self.pool if leaf["v"] == 1 or leaf["cameBy"]["step"] in names[:i]]
            require(self._code_of(before) == taken["because"], f"the pool before {taken['step']} ends otherwise")

    def _code_of(self, leaves):
        try:
            chances_of(eligible_of(leaves), self.rules)
        except DrawError as error:
            return error.code
        return None

    def feasible(self):
        self.chances = chances_of(eligible_of(self.pool), self.rules)

    def result(self):
        require(self.chances is not None, "no chances")
        level, drawId = self.rules["level"], self._bytes("drawId")
        outputs = [output for party in ("server", "witness", "beacon") for output in self.outputs[party]]
        seed = seed_of(L.seed, level, drawId, outputs)
        self._equal("result", result_of(self.chances, eligible_of(self.pool), self.rules, seed, self.plan["round"]))

    def default_panel(self):
        self._equal("defaultPanel", default_panel(self.evidence["result"]["seats"], self.rules["panel"]))

    def server_key_trusted(self):
        require(self.rules["serverKey"] in self.trust.server_keys, "not among the trusted keys")

    def witness_key_trusted(self):
        require(self.rules["level"] == "L1" or self.rules["witnessKey"] in self.trust.witness_keys,
                "not among the trusted keys")

    def ledger_key_trusted(self):
        require(ledgers(self.trust.ledger_keys, self._origin()), "no key is trusted for this ledger")

    def cosigner_key_trusted(self):
        require(self.rules["level"] == "L1" or cosigners(self.trust.ledger_keys), "no cosigner is trusted")

    def beacon_key_trusted(self):
        require(self.rules["level"] != "L3" or any(same(self.rules["beacon"], chain) for chain in self.trust.chains),
                "none of the chains pinned")


RECORD_CODES = ("rules_record", "pool_leaves", "pool_order")
DRAW_CODES = ("plan_identity", "plan_key", "rules_hash", "pool_root", "draw_id", "commit_entry", "commit_inclusion",
              "commit_payload", "commit_checkpoint", "round_before_entry", "round_before_inclusion",
              "round_before_payload", "round_before_checkpoint", "level", "server_proof", "witness_proof",
              "beacon_awaited", "beacon_value",
              "openings", "widening", "feasible", "result", "default_panel")
