"""Section 7: drawId, the proofs of both parties, the beacon's value, the seed."""

from . import vrf
from .beacon import is_value, timed_input, verified_signature
from .encoding import SHA256, has_fields, is_hex, require, u32be
from .errors import DrawError
from .labels import L

_LEVEL_BYTE = {"L1": b"\x01", "L2": b"\x02", "L3": b"\x03"}


def draw_id(planKey, round, rulesHash, poolRoot):
    return SHA256(L.input, planKey, u32be(round), rulesHash, poolRoot)


def output_of(key, alpha, proof, code):
    """The output of one party: key and proof in hex; a DrawError with the code where the proof does not stand."""
    output = None
    if is_hex(key, 32) and is_hex(proof, vrf.PROOF_LENGTH):
        output = vrf.verify(bytes.fromhex(key), alpha, bytes.fromhex(proof))
    if output is None:
        raise DrawError(code)
    return output


def server_output(rules, alpha, proofs):
    return [output_of(rules["serverKey"], alpha, proofs["server"], "server_proof")]


def witness_output(rules, alpha, proofs):
    """None at L1; at L3 the witness's input has the time in it."""
    if rules["level"] == "L1":
        if proofs["witness"] is not None:
            raise DrawError("witness_proof")
        return []
    if rules["level"] == "L3":
        if "beacon" not in proofs or not is_value(proofs["beacon"]):
            raise DrawError("witness_proof")
        alpha = timed_input(alpha, proofs["beacon"]["time"])
    return [output_of(rules["witnessKey"], alpha, proofs["witness"], "witness_proof")]


def beacon_output(rules, proofs):
    """At L3 the hash of the beacon's signature, else none."""
    if rules["level"] != "L3":
        if "beacon" in proofs:
            raise DrawError("beacon_value")
        return []
    signature = None
    if "beacon" in proofs and is_value(proofs["beacon"]):
        signature = verified_signature(rules["beacon"], proofs["beacon"])
    if signature is None:
        raise DrawError("beacon_value")
    return [SHA256(signature)]


def outputs_of(rules, alpha, proofs):
    """What the seed is made of, in order: of the server, of the witness, of the beacon."""
    proofs = {"server": None, "witness": None} if proofs is None else proofs
    names = ("server", "witness", "beacon") if "beacon" in proofs else ("server", "witness")
    require(has_fields(proofs, *names), "proofs")
    return server_output(rules, alpha, proofs) + witness_output(rules, alpha, proofs) + beacon_output(rules, proofs)


def seed_of(label, level, alpha, outputs):
    return SHA256(label, _LEVEL_BYTE[level], alpha, *outputs)


def verified_seed(label, rules, alpha, proofs):
    return seed_of(label, rules["level"], alpha, outputs_of(rules, alpha, proofs))
