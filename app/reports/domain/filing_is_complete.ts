export const FILED_PARTS = ['conclusion', 'report', 'sign_in_record', 'photographs'] as const
export type FiledPart = (typeof FILED_PARTS)[number]

export type Filing = {
  complete: boolean
  missing: FiledPart[]
  state: 'open' | 'late' | 'complete' | 'complete_late'
}

/**
 * Rule REP-5 (NN 4(5), 4(7)). Conclusion, report, sign-in record and photographs are in the system by the
 * deadline. `filed` says when each came in. Late stays visible, also when everything is there at last.
 */
export function filingState(
  filed: Readonly<Partial<Record<FiledPart, Date>>>,
  deadline: Date,
  now: Date
): Filing {
  const missing = FILED_PARTS.filter((part) => filed[part] === undefined)
  if (missing.length > 0) return { complete: false, missing, state: now > deadline ? 'late' : 'open' }
  const last = Math.max(...FILED_PARTS.map((part) => filed[part]?.getTime() ?? 0))
  return { complete: true, missing, state: last > deadline.getTime() ? 'complete_late' : 'complete' }
}
