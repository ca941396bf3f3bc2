"""Section 7: the pairing of BLS12-381, as far as a product of pairings is compared with 1.

Fp12 is Fp2[w] / (w⁶ − (1 + u)); an element is the list of its six coefficients. The curve of G2 is carried into that of G1
over Fp12 by (x, y) → (x / w², y / w³)."""

from .bls12_381 import X, chord, tangent
from .fields import P, Fp2

ONE, ZERO, XI = Fp2(1, 0), Fp2(0, 0), Fp2(1, 1)
UNIT = [ONE] + [ZERO] * 5
# w^(i·P) = w^i · FROBENIUS[i]
FROBENIUS = [XI.power(i * (P - 1) // 6) for i in range(6)]


def product_is_one(pairs):
    """Whether the product of e(p, q) over pairs of points of G1 and of G2, none the identity, is 1."""
    total, at = UNIT, [q for _, q in pairs]
    for bit in bin(X)[3:]:
        total = multiply(total, total)
        for i, (p, q) in enumerate(pairs):
            line, at[i] = _line(p, at[i], tangent(at[i]), at[i][0])
            total = multiply_sparse(total, line)
            if bit == "1":
                slope = (q[1] - at[i][1]) * (q[0] - at[i][0]).inverse()
                line, at[i] = _line(p, at[i], slope, q[0])
                total = multiply_sparse(total, line)
    # The parameter is −X, so this is the inverse of the product: it is 1 where the product is.
    return _is_one(_final_power(total))


def _line(p, t, slope, x):
    """Coefficients of w⁰, w², w³ of the line through t, at p and times w³, and the next point. Factors of a proper
    subfield such as w³ go in the final power."""
    constant = slope * t[0] - t[1]
    return (constant, -slope.times(p[0].n), Fp2(p[1].n, 0)), chord(t, slope, x)


def multiply(f, g):
    sums = [ZERO] * 11
    for i, a in enumerate(f):
        for j, b in enumerate(g):
            sums[i + j] += a * b
    return _reduced(sums)


def multiply_sparse(f, line):
    sums = [ZERO] * 11
    for i, a in enumerate(f):
        for j, b in zip((0, 2, 3), line):
            sums[i + j] += a * b
    return _reduced(sums)


def _reduced(sums):
    """w⁶ = 1 + u."""
    return [sums[i] + sums[i + 6] * XI for i in range(5)] + [sums[5]]


def frobenius(f, times=1):
    """The power P^times."""
    for _ in range(times):
        f = [a.conjugate() * own for a, own in zip(f, FROBENIUS)]
    return f


def conjugate(f):
    """The power P⁶: w becomes −w."""
    return [a if i % 2 == 0 else -a for i, a in enumerate(f)]


def inverse(f):
    """By the norm down to Fp2: the product of all conjugates over Fp2 is there."""
    others = UNIT
    for k in range(1, 6):
        others = multiply(others, frobenius(f, 2 * k))
    norm = multiply(f, others)[0].inverse()
    return [a * norm for a in others]


def power_x(f):
    """The power −X, in the subgroup where the inverse is the conjugate."""
    total = f
    for bit in bin(X)[3:]:
        total = multiply(total, total)
        if bit == "1":
            total = multiply(total, f)
    return conjugate(total)


def _final_power(f):
    """The power 3 (P¹² − 1) / ORDER: 3 is no factor of the order, and 3 (P⁴ − P² + 1) / ORDER is
    (x − 1)² (x + P) (x² + P² − 1) + 3 with x = −X."""
    f = multiply(conjugate(f), inverse(f))
    f = multiply(frobenius(f, 2), f)
    a = multiply(power_x(f), conjugate(f))
    a = multiply(power_x(a), conjugate(a))
    a = multiply(power_x(a), frobenius(a))
    b = multiply(power_x(power_x(a)), multiply(frobenius(a, 2), conjugate(a)))
    return multiply(b, multiply(f, multiply(f, f)))


def _is_one(f):
    return all(a == one for a, one in zip(f, UNIT))
