"""Section 7: the groups G1 and G2 of BLS12-381: affine points (x, y), None for the identity, and their compressed bytes."""

from .fields import P, Fp, Fp2

ORDER = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001
X = 0xD201000000010000  # the parameter of the curve is −X
B1, B2 = Fp(4), Fp2(4, 4)
SIZE = 48  # bytes of a number below P
COMPRESSED, IDENTITY, LARGER = 0x80, 0x40, 0x20  # flags in the first byte

G2 = (
    Fp2(0x024AA2B2F08F0A91260805272DC51051C6E47AD4FA403B02B4510B647AE3D1770BAC0326A805BBEFD48056C8C121BDB8,
        0x13E02B6052719F607DACD3A088274F65596BD0D09920B61AB5DA61BBDC7F5049334CF11213945D57E5AC7D055D042B7E),
    Fp2(0x0CE5D527727D6E118CC9CDC6DA2E351AADFD9BAA8CBDD3A76D429A695160D12C923AC9CC3BACA289E193548608B82801,
        0x0606C4A02EA734CC32ACD2B02BC28B99CB3E287E85A763AF267492AB572E99AB3F370D275CEC1DA1AAA9075FF05F79BE),
)


def add(p, q):
    if p is None or q is None:
        return p or q
    if p[0] == q[0]:
        return double(p) if p[1] == q[1] else None
    return chord(p, (q[1] - p[1]) * (q[0] - p[0]).inverse(), q[0])


def double(p):
    if p is None or p[1].is_zero():
        return None
    return chord(p, tangent(p), p[0])


def tangent(p):
    """Slope at a point."""
    square = p[0] * p[0]
    return (square + square + square) * (p[1] + p[1]).inverse()


def chord(p, slope, x):
    """The sum of p and the point of abscissa x that the line of this slope leads to."""
    third = slope * slope - p[0] - x
    return third, slope * (p[0] - third) - p[1]


def negate(p):
    return p and (p[0], -p[1])


def multiply(k, p):
    total = None
    for bit in bin(k)[2:]:
        total = double(total)
        if bit == "1":
            total = add(total, p)
    return total


def g1_of(data):
    """The point of G1 that 48 bytes are, or None: not canonical, not on the curve, not of the order, or the identity."""
    numbers = _numbers(data, 1)
    return numbers and _point(Fp(numbers[0]), B1, data)


def g2_of(data):
    """The point of G2 that 96 bytes are, or None, as g1_of. The factor of u comes first."""
    numbers = _numbers(data, 2)
    return numbers and _point(Fp2(numbers[1], numbers[0]), B2, data)


def _numbers(data, count):
    if len(data) != SIZE * count or data[0] & (COMPRESSED | IDENTITY) != COMPRESSED:
        return None
    bare = bytes([data[0] & 0x1F]) + data[1:]
    numbers = [int.from_bytes(bare[i:i + SIZE], "big") for i in range(0, len(bare), SIZE)]
    return numbers if all(n < P for n in numbers) else None


def _point(x, b, data):
    y = (x * x * x + b).root()
    if y is None:
        return None
    point = (x, y if y.is_larger() == bool(data[0] & LARGER) else -y)
    return point if multiply(ORDER, point) is None else None


def g1_bytes(point):
    """Compressed; not of the identity."""
    data = bytearray(point[0].n.to_bytes(SIZE, "big"))
    data[0] |= COMPRESSED | (LARGER if point[1].is_larger() else 0)
    return bytes(data)


def g2_bytes(point):
    data = bytearray(point[0].b.to_bytes(SIZE, "big") + point[0].a.to_bytes(SIZE, "big"))
    data[0] |= COMPRESSED | (LARGER if point[1].is_larger() else 0)
    return bytes(data)
