/** Rule DRAW-7. Why an expert can't come. The vocabulary is closed; `other` needs words. */
export const DECLINE_REASONS = ['away', 'other_duty', 'health', 'other'] as const

/** Rules DRAW-5, DRAW-7. The interest for which an expert is excused (主动回避). */
export const RECUSAL_REASONS = [
  'employed_by_party',
  'advised_on_plan',
  'relative',
  'business',
  'other',
] as const

/** Whether a reason is given as its kind of answer asks for. */
export function reasonIsGiven(
  answer: 'accept' | 'decline' | 'recuse' | 'withdraw',
  code: string | null,
  words: string
): boolean {
  if (answer === 'accept') return true
  const known: readonly string[] = answer === 'recuse' ? RECUSAL_REASONS : DECLINE_REASONS
  return code !== null && known.includes(code) && (code !== 'other' || words.trim() !== '')
}
