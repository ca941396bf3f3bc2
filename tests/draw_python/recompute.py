#!/usr/bin/env python3
"""Reads cases as JSON lines on stdin and writes what SPEC.md makes of each as a canonical JSON line on stdout."""

import json
import sys

from draw_spec.canonical import JSON
from draw_spec.chances import chances_of
from draw_spec.draw import result_of, tickets_of
from draw_spec.encoding import require, unhex
from draw_spec.entropy import draw_id, verified_seed
from draw_spec.errors import DrawError, Invalid
from draw_spec.labels import L
from draw_spec.panel import default_panel
from draw_spec.plan import fold_plan, plan_key
from draw_spec.pool import build_pool, eligible_of, pool_root
from draw_spec.replace import Seats, depart
from draw_spec.rules import check_rules, rules_hash
from draw_spec.salts import draw_salt_key, salt_key_commitment


def recompute(case):
    """Everything of one case, section by section."""
    plan, rules = fold_plan(case["plan"]), case["rules"]
    check_rules(rules)
    K, planKey, rulesHash = unhex(case["saltKey"], 32), plan_key(plan), rules_hash(rules)
    leaves, openings = build_pool(draw_salt_key(K, planKey, plan["round"]), case["candidates"])
    poolRoot = pool_root(leaves)
    out = {"plan": plan, "planKey": planKey.hex(), "rulesHash": rulesHash.hex(),
           "saltKeyCommitment": salt_key_commitment(K).hex(), "leaves": leaves, "openings": openings,
           "poolRoot": poolRoot.hex()}
    eligible = eligible_of(leaves)
    try:
        chances = chances_of(eligible, rules)
    except DrawError as error:
        return out | {"chances": {"error": error.record()}}
    out["chances"] = chances_record(chances, eligible)
    drawId = draw_id(planKey, plan["round"], rulesHash, poolRoot)
    return out | drawn(case, rules, plan["round"], chances, eligible, drawId)


def chances_record(chances, eligible):
    return {"cap": chances.cap, "denominator": str(chances.denominator), "possibleSets": str(chances.possible_sets),
            "byExpert": {leaf["id"]: as_text(chances.chance[leaf["employer"], leaf["specialty"]])
                         for leaf in eligible}}


def as_text(fraction):
    return f"{fraction.numerator}/{fraction.denominator}"


def drawn(case, rules, round, chances, eligible, drawId):
    """From drawId on."""
    try:
        seed = verified_seed(L.seed, rules, drawId, case["proofs"])
    except DrawError as error:
        return {"drawId": drawId.hex(), "seed": {"error": error.record()}}
    result = result_of(chances, eligible, rules, seed, round)
    seats = Seats(result["seats"], eligible, rules, chances.cap)
    return {"drawId": drawId.hex(), "seed": seed.hex(),
            "tickets": {id: own.hex() for id, own in tickets_of(eligible, seed, round).items()},
            "result": result, "defaultPanel": default_panel(result["seats"], rules["panel"]),
            "departures": [depart(seats, drawId, round, departure) for departure in case["departures"]]}


def line_of(line):
    try:
        case = json.loads(line)
        require(isinstance(case, dict), "case is no record")
        return JSON(recompute(case))
    except (Invalid, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = f"{type(error).__name__}: {error}".encode("ascii", "backslashreplace").decode()
        return JSON({"error": {"code": "invalid", "message": message}})


def main():
    for line in sys.stdin.buffer:
        if line.strip():
            sys.stdout.buffer.write(line_of(line) + b"\n")
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
