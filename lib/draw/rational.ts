/** An exact fraction in lowest terms with a positive denominator. */
export type Rational = { readonly num: bigint; readonly den: bigint }

export function rational(num: bigint, den: bigint): Rational {
  if (den === 0n) throw new RangeError('denominator')
  const sign = den < 0n ? -1n : 1n
  const divisor = gcd(num, den)
  return { num: (sign * num) / divisor, den: (sign * den) / divisor }
}

/** Negative, zero or positive, as a − b. */
export function compareRational(a: Rational, b: Rational): number {
  const difference = a.num * b.den - b.num * a.den
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export function lcm(a: bigint, b: bigint): bigint {
  return (a / gcd(a, b)) * b
}

/** For drawing and display only: nothing is decided by it. */
export function toNumber({ num, den }: Rational): number {
  return Number((num * 1_000_000_000n) / den) / 1_000_000_000
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (y > 0n) [x, y] = [y, x % y]
  return x
}
