"""Section 1: JSON(v), narrowed RFC 8785, and J(label, v)."""

import json
from json.encoder import encode_basestring

from .encoding import SHA256, is_text, utf16_order, utf8
from .errors import Invalid

MAX_INTEGER = 2**53 - 1
MAX_NESTING = 64


def JSON(v):
    """The canonical bytes of a value."""
    return utf8(_write(v, 0))


def J(label, v):
    return SHA256(label, b"\x00", JSON(v))


def read(data):
    """The value of a canonical document; anything else is Invalid."""
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_float=_no_float,
                           parse_constant=_no_float)
    except (ValueError, RecursionError) as error:
        raise Invalid(f"no JSON: {error}") from None
    if JSON(value) != data:
        raise Invalid("not canonical")
    return value


def same(a, b):
    """Equality of JSON values (where Python would take True for 1)."""
    return JSON(a) == JSON(b)


def _unique(pairs):
    record = dict(pairs)
    if len(record) != len(pairs):
        raise Invalid("duplicate name")
    return record


def _no_float(_):
    raise Invalid("number is no integer")


def _write(v, depth):
    """`depth` is the number of lists and records that the value is inside of."""
    if depth > MAX_NESTING:
        raise Invalid("nested too deep")
    if v is None:
        return "null"
    if v is True:
        return "true"
    if v is False:
        return "false"
    if type(v) is int:
        return _write_integer(v)
    if isinstance(v, str):
        return _write_text(v)
    if isinstance(v, dict):
        return _write_record(v, depth + 1)
    if isinstance(v, (list, tuple)):
        return "[" + ",".join(_write(item, depth + 1) for item in v) + "]"
    raise Invalid(f"no JSON value: {type(v).__name__}")


def _write_integer(n):
    if abs(n) > MAX_INTEGER:
        raise Invalid("integer out of range")
    return str(n)


def _write_text(t):
    if not t.isascii() and not is_text(t):
        raise Invalid("text not in NFC or with a lone surrogate")
    return encode_basestring(t)


def _write_record(record, depth):
    if not all(isinstance(name, str) for name in record):
        raise Invalid("name is no text")
    names = sorted(record, key=utf16_order)
    return "{" + ",".join(f"{_write_text(n)}:{_write(record[n], depth)}" for n in names) + "}"
