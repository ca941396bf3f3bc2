"""Section 12: the checks of a step at level L3: the log's entry of the round that is awaited, the time, the value."""

from .beacon import due_of, round_after
from .encoding import require
from .ledger import check_entry, check_inclusion, check_payload, checkpoint_of
from .signatures import check_checkpoint, first_cosigned

TYPE = "draw.beacon_awaited"


def check_awaited(rules, input, step, after, keys):
    """`step` has `proofs` and `awaited`; `after` is the place of the commit or of the refusal."""
    if rules["level"] != "L3":
        return
    awaited, time = step["awaited"], step["proofs"]["beacon"]["time"]
    check_entry(awaited, TYPE)
    require(awaited["index"] > after["index"], "before what it follows")
    check_inclusion(awaited)
    round = round_after(rules["beacon"], time)
    due = due_of(rules["beacon"], round)
    check_payload(awaited, {"input": input.hex(), "time": time, "beaconRound": round, "due": due})
    origin = checkpoint_of(awaited["proof"])[2]
    require(origin == checkpoint_of(after["proof"])[2], "in another ledger")
    check_checkpoint(awaited, origin, rules["level"], keys)
    cosigned = first_cosigned(awaited, keys)
    require(cosigned is None or cosigned < due, "cosigned when the round was out")


def check_time(rules, proofs, after, keys):
    """The time is not before the cosignature of the entry that the step follows."""
    if rules["level"] == "L3":
        cosigned = first_cosigned(after, keys)
        require(cosigned is None or proofs["beacon"]["time"] >= cosigned, "a time before the cosignature")
