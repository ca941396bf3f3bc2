export type MobileProblem = { kind: 'missing' } | { kind: 'letters' } | { kind: 'short' | 'long'; by: number }

/** Spaces, dashes and full-width digits are the person's to use. */
export function plainMobile(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '')
}

/** A mainland mobile number has 11 digits; the server alone knows whether it is registered. */
export function mobileProblem(typed: string): MobileProblem | null {
  const plain = plainMobile(typed)
  if (plain === '') return { kind: 'missing' }
  if (!/^\d+$/.test(plain)) return { kind: 'letters' }
  if (plain.length < 11) return { kind: 'short', by: 11 - plain.length }
  if (plain.length > 11) return { kind: 'long', by: plain.length - 11 }
  return null
}
