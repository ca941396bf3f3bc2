export type DefectAnswer = { member: string; page: number | null; reason: string }
export type DefectClaim = {
  item: string
  raised_by: readonly string[]
  withdrawals: readonly DefectAnswer[]
  /** Members who agree that it is no listed defect, with the page and reason that answer it. */
  reclassifications: readonly DefectAnswer[]
}

/**
 * Rule CONC-3 (list 63 of 2024). Whether a severe defect still stands: until everyone who raised it has
 * withdrawn it, or all members, those included, have reclassified it. Each says the page and the reason.
 */
export function severeDefectStands(claim: DefectClaim, members: readonly string[]): boolean {
  const withdrawn = answeredBy(claim.withdrawals)
  const reclassified = answeredBy(claim.reclassifications)
  if (claim.raised_by.length > 0 && claim.raised_by.every((member) => withdrawn.has(member))) return false
  const all = new Set([...members, ...claim.raised_by])
  return ![...all].every((member) => reclassified.has(member))
}

function answeredBy(answers: readonly DefectAnswer[]): Set<string> {
  const full = answers.filter((one) => one.page !== null && one.page >= 1 && one.reason.trim() !== '')
  return new Set(full.map((one) => one.member))
}
