"""Section 7: drawId, the proofs of both parties, the seed."""

from . import vrf
from .encoding import SHA256, has_fields, is_hex, require, u32be
from .errors import DrawError
from .labels import L


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


def outputs_of(rules, alpha, proofs):
    """The outputs in order: the server's, at L2 the witness's."""
    proofs = {"server": None, "witness": None} if proofs is None else proofs
    require(has_fields(proofs, "server", "witness"), "proofs")
    outputs = [output_of(rules["serverKey"], alpha, proofs["server"], "server_proof")]
    if rules["level"] == "L2":
        outputs.append(output_of(rules["witnessKey"], alpha, proofs["witness"], "witness_proof"))
    elif proofs["witness"] is not None:
        raise DrawError("witness_proof")
    return outputs


def seed_of(label, level, alpha, outputs):
    return SHA256(label, b"\x01" if level == "L1" else b"\x02", alpha, *outputs)


def verified_seed(label, rules, alpha, proofs):
    return seed_of(label, rules["level"], alpha, outputs_of(rules, alpha, proofs))
