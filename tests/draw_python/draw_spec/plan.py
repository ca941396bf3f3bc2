"""Section 2: folding a plan, and its key."""

import unicodedata

from .canonical import J
from .encoding import has_fields, is_integer, require, utf16_order, utf8
from .labels import L

MAX_ROUND = 65_535

# The characters with the Unicode property White_Space. (str.isspace() has U+001C … U+001F besides.)
_WHITE_SPACE = frozenset(
    map(chr, [*range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F,
              0x3000]))
# Of general category Cf since Unicode 15.0, which this Python may not know of.
_LATER_CF = frozenset(map(chr, range(0x13439, 0x13440)))
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DASHES = {code: ord("-") for code in [*range(0x2010, 0x2016), 0x2212, 0x30FC, 0xFE58, 0xFE63]}
_UPPER = {code: code - 0x20 for code in range(ord("a"), ord("z") + 1)}


def fold_text(t):
    utf8(t)
    t = unicodedata.normalize("NFC", t)
    t = t.translate(_WIDE).translate(_DASHES)
    t = "".join(ch for ch in t if not _is_unseen(ch))
    return unicodedata.normalize("NFC", t.translate(_UPPER))


def _is_unseen(ch):
    return ch in _WHITE_SPACE or ch in _LATER_CF or unicodedata.category(ch) == "Cf"


def fold_plan(plan):
    check_plan(plan)
    return {
        "permit": fold_text(plan["permit"]),
        "categories": sorted({fold_text(c) for c in plan["categories"]}, key=utf16_order),
        "part": fold_text(plan["part"]),
        "round": plan["round"],
    }


def check_plan(plan):
    require(has_fields(plan, "permit", "categories", "part", "round"), "plan fields")
    require(isinstance(plan["categories"], list), "plan categories")
    texts = [plan["permit"], plan["part"], *plan["categories"]]
    require(all(isinstance(t, str) for t in texts), "plan text")
    require(is_integer(plan["round"], 1, MAX_ROUND), "plan round")


def plan_key(plan):
    """Of a folded plan."""
    return J(L.planKey, plan)
