"""Section 3: the rules record."""

from .beacon import is_chain
from .canonical import J
from .encoding import has_fields, is_field_text, is_hex, is_integer, require, utf8
from .labels import L

ALGORITHM = "lunzheng-draw/1"
FIELDS = ("algorithm", "level", "serverKey", "witnessKey", "saltKeyCommitment", "maxPerEmployer", "quotas",
          "replacementSpecialty", "panel", "regulation")
CAUSES = ("pool_too_small", "caps_infeasible", "quotas_infeasible", "too_few_sets")


def rules_hash(rules):
    return J(L.rules, rules)


def check_rules(rules):
    own = [name for name in ("widening", "beacon") if name in rules]
    require(has_fields(rules, *FIELDS, *own), "rules fields")
    require(rules["algorithm"] == ALGORITHM, "algorithm")
    _check_keys(rules)
    require(is_integer(rules["maxPerEmployer"], 1, 10), "maxPerEmployer")
    _check_quotas(rules["quotas"])
    require(rules["replacementSpecialty"] in ("keep", "keep_then_any"), "replacementSpecialty")
    _check_panel(rules["panel"])
    _check_regulation(rules["regulation"])
    if "widening" in rules:
        _check_widening(rules["widening"])
    require(is_chain(rules["beacon"]) if rules["level"] == "L3" else "beacon" not in rules, "beacon")


def _check_keys(rules):
    server, witness = rules["serverKey"], rules["witnessKey"]
    require(rules["level"] in ("L1", "L2", "L3"), "level")
    require(is_hex(server, 32), "serverKey")
    if rules["level"] == "L1":
        require(witness is None, "witnessKey at L1")
    else:
        require(is_hex(witness, 32) and witness != server, "witnessKey")
    require(is_hex(rules["saltKeyCommitment"], 32), "saltKeyCommitment")


def _check_quotas(quotas):
    require(isinstance(quotas, list), "quotas")
    for quota in quotas:
        require(has_fields(quota, "specialty", "min", "max"), "quota fields")
        require(is_field_text(quota["specialty"]), "quota specialty")
        require(is_integer(quota["min"], 0, 10) and is_integer(quota["max"], quota["min"], 10), "quota bounds")
    names = [utf8(quota["specialty"]) for quota in quotas]
    require(all(a < b for a, b in zip(names, names[1:])), "quota order")
    require(sum(quota["min"] for quota in quotas) <= 10, "sum of min")


def _check_panel(panel):
    require(has_fields(panel, "size", "mainSpecialty", "minMain", "minSpecialties"), "panel fields")
    require(is_integer(panel["size"], 1, 10) and panel["size"] % 2 == 1, "panel size")
    require(is_field_text(panel["mainSpecialty"]), "panel mainSpecialty")
    require(is_integer(panel["minMain"], 0, 10), "panel minMain")
    require(is_integer(panel["minSpecialties"], 1, 10), "panel minSpecialties")


def _check_regulation(regulation):
    require(has_fields(regulation, "id", "hash"), "regulation fields")
    require(is_field_text(regulation["id"]) and is_hex(regulation["hash"], 32), "regulation")


def _check_widening(widening):
    require(isinstance(widening, list) and widening, "widening")
    for taken in widening:
        require(has_fields(taken, "step", "because"), "widening fields")
        require(is_field_text(taken["step"]) and taken["because"] in CAUSES, "widening step")
    require(len({taken["step"] for taken in widening}) == len(widening), "widening step twice")
