"""Section 1: bytes, numbers, text, hashes, and checks of single values."""

import hashlib
import hmac
import re
import unicodedata

from .errors import Invalid

_HEX = re.compile(r"[0-9a-f]*\Z")


def u8(n):
    return n.to_bytes(1, "big")


def u16be(n):
    return n.to_bytes(2, "big")


def u32be(n):
    return n.to_bytes(4, "big")


def u64be(n):
    return n.to_bytes(8, "big")


def utf8(t):
    """The UTF-8 bytes of a text; a lone surrogate makes it invalid."""
    try:
        return t.encode("utf-8")
    except UnicodeEncodeError:
        raise Invalid("lone surrogate") from None


def utf16_order(t):
    """Sort key: UTF-16 code units."""
    return t.encode("utf-16-be", "surrogatepass")


def text(t):
    """text(t) = u16be(length) ‖ UTF-8."""
    data = utf8(t)
    if len(data) > 0xFFFF:
        raise Invalid("text too long")
    return u16be(len(data)) + data


def SHA256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def SHA512(*parts):
    return hashlib.sha512(b"".join(parts)).digest()


def HMAC(key, *parts):
    return hmac.digest(key, b"".join(parts), "sha256")


def is_text(v):
    """Unicode in NFC without lone surrogates."""
    if not isinstance(v, str) or any("\ud800" <= ch <= "\udfff" for ch in v):
        return False
    return unicodedata.is_normalized("NFC", v)


def is_field_text(v, longest=1000):
    """A text field: 1 to so many bytes."""
    return is_text(v) and 1 <= len(utf8(v)) <= longest


def is_integer(v, low, high):
    return type(v) is int and low <= v <= high


def is_hex(v, length):
    """Lower-case hex of so many bytes."""
    return isinstance(v, str) and len(v) == 2 * length and bool(_HEX.match(v))


def unhex(v, length):
    if not is_hex(v, length):
        raise Invalid(f"not hex of {length} bytes")
    return bytes.fromhex(v)


def has_fields(v, *names):
    """A record has exactly the fields named."""
    return isinstance(v, dict) and set(v) == set(names)


def require(condition, what):
    if not condition:
        raise Invalid(what)
