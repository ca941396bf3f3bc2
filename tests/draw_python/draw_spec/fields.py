"""Section 7: the fields under BLS12-381. Fp, and Fp2 = Fp[u] / (u² + 1)."""

P = 0x1A0111EA397FE69A4B1BA7B6434BACD764774B84F38512BF6730D2A0F6B0F6241EABFFFEB153FFFFB9FEFFFFFFFFAAAB
HALF = (P - 1) // 2


class Fp:
    __slots__ = ("n",)

    def __init__(self, n):
        self.n = n % P

    def __eq__(self, other):
        return self.n == other.n

    def __add__(self, other):
        return Fp(self.n + other.n)

    def __sub__(self, other):
        return Fp(self.n - other.n)

    def __mul__(self, other):
        return Fp(self.n * other.n)

    def __neg__(self):
        return Fp(-self.n)

    def is_zero(self):
        return self.n == 0

    def inverse(self):
        return Fp(pow(self.n, -1, P))

    def root(self):
        """A square root, or None. P is 3 mod 4."""
        root = Fp(pow(self.n, (P + 1) // 4, P))
        return root if root * root == self else None

    def is_larger(self):
        """Larger than its negative."""
        return self.n > HALF

    def is_odd(self):
        """sgn0 of RFC 9380, 4.1."""
        return self.n & 1 == 1


class Fp2:
    """a + b u."""

    __slots__ = ("a", "b")

    def __init__(self, a, b):
        self.a, self.b = a % P, b % P

    def __eq__(self, other):
        return self.a == other.a and self.b == other.b

    def __add__(self, other):
        return Fp2(self.a + other.a, self.b + other.b)

    def __sub__(self, other):
        return Fp2(self.a - other.a, self.b - other.b)

    def __mul__(self, other):
        aa, bb = self.a * other.a, self.b * other.b
        return Fp2(aa - bb, (self.a + self.b) * (other.a + other.b) - aa - bb)

    def __neg__(self):
        return Fp2(-self.a, -self.b)

    def times(self, n):
        """By an integer."""
        return Fp2(self.a * n, self.b * n)

    def conjugate(self):
        """The power P."""
        return Fp2(self.a, -self.b)

    def is_zero(self):
        return self.a == 0 and self.b == 0

    def inverse(self):
        return self.conjugate().times(pow(self.a * self.a + self.b * self.b, -1, P))

    def power(self, k):
        total = Fp2(1, 0)
        for bit in bin(k)[2:]:
            total = total * total
            if bit == "1":
                total = total * self
        return total

    def root(self):
        """A square root, or None: of the norm first, then of the half of norm's root and a."""
        if self.b == 0:
            root = Fp(self.a).root()
            return Fp2(root.n, 0) if root else Fp2(0, Fp(-self.a).root().n)
        norm = Fp(self.a * self.a + self.b * self.b).root()
        if norm is None:
            return None
        half = pow(2, -1, P)
        x = Fp((self.a + norm.n) * half).root() or Fp((self.a - norm.n) * half).root()
        return Fp2(x.n, self.b * half * pow(x.n, -1, P))

    def is_larger(self):
        """Larger than its negative, b deciding before a."""
        return self.b > HALF if self.b else self.a > HALF
