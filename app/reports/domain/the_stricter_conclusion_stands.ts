type Conclusion = 'PASS' | 'REVISE' | 'FAIL'

const BY_STRICTNESS: readonly Conclusion[] = ['PASS', 'REVISE', 'FAIL']

/** Rule CONC-1 (Order 37, article 13). While a member who can't agree stands, the strictest conclusion holds. */
export function strictestConclusion(panel: Conclusion, dissents: readonly Conclusion[]): Conclusion {
  const strictness = [panel, ...dissents].map((conclusion) => BY_STRICTNESS.indexOf(conclusion))
  return BY_STRICTNESS[Math.max(...strictness)]!
}
