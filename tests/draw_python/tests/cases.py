"""For tests: random cases with true proofs. `python -m tests.cases N [SEED]` writes JSON lines."""

import json
import random
import sys

from draw_spec.beacon import round_after, timed_input
from draw_spec.chances import chances_of
from draw_spec.draw import result_of
from draw_spec.encoding import SHA256, utf8
from draw_spec.entropy import draw_id, verified_seed
from draw_spec.errors import DrawError
from draw_spec.labels import L
from draw_spec.plan import fold_plan, plan_key
from draw_spec.pool import build_pool, eligible_of, pool_root
from draw_spec.replace import Seats, depart, replacement_input
from draw_spec.rules import rules_hash
from draw_spec.salts import draw_salt_key, salt_key_commitment

from .beacon_maker import Beacon
from .prover import key_of, prove

SERVER, WITNESS = SHA256(b"server"), SHA256(b"witness")
BEACON, ANSWERED_AT = Beacon(7), 1_773_331_200
SPECIALTIES = ["岩土", "结构", "地质", "水文", "B-4", "é", "𠀀", "z"]


def random_case(rng):
    rules = random_rules(rng)
    K = rng.randbytes(32)
    rules["saltKeyCommitment"] = salt_key_commitment(K).hex()
    case = {"saltKey": K.hex(), "plan": random_plan(rng), "rules": rules,
            "candidates": random_candidates(rng), "proofs": {"server": None, "witness": None}, "departures": []}
    return with_proofs(rng, case)


def random_rules(rng):
    level = rng.choice(["L1", *["L2"] * 6, "L3"])
    quotas = []
    if rng.random() < 0.6:
        for s in sorted(rng.sample(SPECIALTIES, rng.randint(1, 5)), key=utf8):
            low = rng.choice([0, 0, 1, 2])
            quotas.append({"specialty": s, "min": low, "max": rng.randint(max(low, 0), rng.choice([low + 1, 6, 10]))})
    genesis = ANSWERED_AT + rng.choice([-1000, -61, -60, -59, 5000])
    timed = {"beacon": BEACON.chain | {"period": rng.randint(1, 30), "genesis": genesis}} if level == "L3" else {}
    return {**timed, "algorithm": "lunzheng-draw/1", "level": level, "serverKey": key_of(SERVER).hex(),
            "witnessKey": None if level == "L1" else key_of(WITNESS).hex(), "saltKeyCommitment": "",
            "maxPerEmployer": rng.choice([1, 2, 2, 3, 10]), "quotas": quotas,
            "replacementSpecialty": rng.choice(["keep", "keep_then_any"]),
            "panel": {"size": rng.choice([3, 5, 7]), "mainSpecialty": rng.choice(SPECIALTIES),
                      "minMain": rng.randint(0, 2), "minSpecialties": rng.randint(1, 4)},
            "regulation": {"id": "条例", "hash": rng.randbytes(32).hex()}}


def random_plan(rng):
    return {"permit": rng.choice(["京建2024-1", "ａb c　１", "x—\u200by"]) + str(rng.randint(0, 999)),
            "categories": [rng.choice(["深基坑", "Ａ", "a", "模板 ", "ﾓー"]) for _ in range(rng.randint(1, 4))],
            "part": "一区", "round": rng.choice([1, 1, 2, 65535])}


def random_candidates(rng):
    employers, specialties = rng.randint(3, 40), rng.sample(SPECIALTIES, rng.randint(1, 8))
    skew = rng.choice([0.3, 1, 3])
    candidates = []
    for i in range(rng.randint(12, 120)):
        e = int(employers * rng.random() ** skew)
        candidates.append({"id": f"{rng.choice('ABZé𠀀')}{i:03}", "name": f"专家{i}", "employerId": f"emp-{e}",
                           "employerName": f"单位{e}", "specialty": rng.choice(specialties),
                           "excluded": rng.choice(["conflict", "leave"]) if rng.random() < 0.1 else None})
    rng.shuffle(candidates)
    return candidates


def proofs_for(rules, alpha, time=ANSWERED_AT):
    server = prove(SERVER, alpha).hex()
    if rules["level"] == "L1":
        return {"server": server, "witness": None}
    if rules["level"] == "L2":
        return {"server": server, "witness": prove(WITNESS, alpha).hex()}
    signature = BEACON.sign(round_after(rules["beacon"], time))
    return {"server": server, "witness": prove(WITNESS, timed_input(alpha, time)).hex(),
            "beacon": {"time": time, "signature": signature}}


def with_proofs(rng, case):
    """Plays the draw and random departures, filling in the proofs."""
    plan, rules = fold_plan(case["plan"]), case["rules"]
    D = draw_salt_key(bytes.fromhex(case["saltKey"]), plan_key(plan), plan["round"])
    leaves, _ = build_pool(D, case["candidates"])
    eligible = eligible_of(leaves)
    try:
        chances = chances_of(eligible, rules)
    except DrawError:
        return case
    drawId = draw_id(plan_key(plan), plan["round"], rules_hash(rules), pool_root(leaves))
    case["proofs"] = proofs_for(rules, drawId)
    seed = verified_seed(L.seed, rules, drawId, case["proofs"])
    result = result_of(chances, eligible, rules, seed, plan["round"])
    seats = Seats(result["seats"], eligible, rules, chances.cap)
    for _ in range(rng.choice([0, 1, 2, 3, 3, 12])):
        if not seats.held:
            break
        case["departures"].append(random_departure(rng, case, seats, drawId, plan["round"]))
    return case


def random_departure(rng, case, seats, drawId, round):
    seat = rng.choice(sorted(seats.held))
    leaver = seats.held[seat]["id"]
    alpha = replacement_input(drawId, seat, seats.number + 1, leaver)
    departure = {"seat": seat, "leaver": leaver, "proofs": proofs_for(case["rules"], alpha)}
    told = depart(seats, drawId, round, departure)
    if "error" in told:
        departure["proofs"] = None
    return departure


if __name__ == "__main__":
    generator = random.Random(sys.argv[2] if len(sys.argv) > 2 else "1")
    for _ in range(int(sys.argv[1])):
        print(json.dumps(random_case(generator), ensure_ascii=False))
