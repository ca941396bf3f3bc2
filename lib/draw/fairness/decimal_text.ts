import type { Rational } from '../rational.ts'

/** A non-negative fraction with so many decimals, halves up; exact, so that two machines print the same. */
export function decimalText({ num, den }: Rational, decimals: number): string {
  const scale = 10n ** BigInt(decimals)
  const rounded = (2n * num * scale + den) / (2n * den)
  const digits = String(rounded).padStart(decimals + 1, '0')
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
