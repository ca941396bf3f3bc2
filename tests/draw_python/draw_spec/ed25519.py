"""Section 7: the group of edwards25519 in extended coordinates (X, Y, Z, T), integers mod P."""

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
D2 = 2 * D % P
SQRT_M1 = pow(2, (P - 1) // 4, P)
IDENTITY = (0, 1, 1, 0)
COFACTOR = 8


def decode(data):
    """RFC 8032, 5.1.3: the point of 32 bytes, or None when they are none or not canonical."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    x = _root((y * y - 1) % P, (D * y * y + 1) % P)
    if x is None or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def _root(u, v):
    """A root of u / v, or None."""
    v3 = v * v % P * v % P
    x = u * v3 * pow(u * v3 * v3 * v % P, (P - 5) // 8, P) % P
    check = v * x * x % P
    if check == u:
        return x
    return x * SQRT_M1 % P if check == P - u else None


def encode(point):
    X, Y, Z, _ = point
    inverse = pow(Z, -1, P)
    x, y = X * inverse % P, Y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def is_identity(point):
    X, Y, Z, _ = point
    return X % P == 0 and (Y - Z) % P == 0


def negate(point):
    X, Y, Z, T = point
    return (-X % P, Y, Z, -T % P)


def double(point):
    X, Y, Z, _ = point
    A, B = X * X, Y * Y
    H = A + B
    E = (H - (X + Y) * (X + Y)) % P
    G = (A - B) % P
    F = (2 * Z * Z + G) % P
    H %= P
    return (E * F % P, G * H % P, F * G % P, E * H % P)


def prepare(point):
    """What an addition needs of its second summand."""
    X, Y, Z, T = point
    return ((Y - X) % P, (Y + X) % P, T * D2 % P, 2 * Z % P)


def add_prepared(point, prepared):
    X, Y, Z, T = point
    minus, plus, t, z = prepared
    A, B, C, G0 = (Y - X) * minus, (Y + X) * plus, T * t, Z * z
    E, F, G, H = (B - A) % P, (G0 - C) % P, (G0 + C) % P, (B + A) % P
    return (E * F % P, G * H % P, F * G % P, E * H % P)


def subtract_prepared(point, prepared):
    minus, plus, t, z = prepared
    return add_prepared(point, (plus, minus, -t, z))


def add(a, b):
    return add_prepared(a, prepare(b))


def times_cofactor(point):
    return double(double(double(point)))


WIDTH = 5


def _naf(k):
    """Digits of k, lowest first: zero or odd, absolutely below 2^(WIDTH-1)."""
    digits = []
    while k:
        digit = 0
        if k & 1:
            digit = k & (2**WIDTH - 1)
            if digit >= 2**(WIDTH - 1):
                digit -= 2**WIDTH
            k -= digit
        digits.append(digit)
        k >>= 1
    return digits


def _odd_multiples(point):
    """1, 3, 5, … times the point, prepared; index is multiple >> 1."""
    twice = prepare(double(point))
    multiples = [point]
    while len(multiples) < 2**(WIDTH - 2):
        multiples.append(add_prepared(multiples[-1], twice))
    return [prepare(multiple) for multiple in multiples]


def multiply_sum(*terms):
    """Σ k·point for non-negative k (Straus: the doublings are shared)."""
    tables = [(_naf(k), _odd_multiples(point)) for k, point in terms]
    total = IDENTITY
    for i in range(max(len(digits) for digits, _ in tables) - 1, -1, -1):
        total = double(total)
        for digits, table in tables:
            digit = digits[i] if i < len(digits) else 0
            if digit > 0:
                total = add_prepared(total, table[digit >> 1])
            elif digit < 0:
                total = subtract_prepared(total, table[-digit >> 1])
    return total


BASE = decode(b"\x58" + b"\x66" * 31)


def _base_table():
    """j · 16^i · BASE, prepared, at [i][j - 1]."""
    table, point = [], BASE
    for _ in range(64):
        first, multiples = prepare(point), [point]
        while len(multiples) < 15:
            multiples.append(add_prepared(multiples[-1], first))
        table.append([prepare(multiple) for multiple in multiples])
        point = add_prepared(multiples[-1], first)
    return table


_BASE_TABLE = _base_table()


def multiply_base(k):
    """k · BASE, without any doubling."""
    total = IDENTITY
    for row in _BASE_TABLE:
        if k & 15:
            total = add_prepared(total, row[(k & 15) - 1])
        k >>= 4
    return total
