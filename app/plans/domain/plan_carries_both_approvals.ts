/** One approval of a version: by a session of the system, or by a scanned page with seal and number. */
export type Approval = {
  kind: 'contractor' | 'subcontractor' | 'supervision'
  /** SHA-256 of the version that was approved. */
  version_hash: string
  approved: boolean
  evidence:
    | { form: 'session' }
    | { form: 'scan'; has_signature: boolean; has_seal: boolean; registration_number: string | null }
}

export type MissingApproval =
  | { code: 'contractor_review' }
  | { code: 'subcontractor_review' }
  | { code: 'supervision_review' }
  | { code: 'scan_without_signature'; kind: Approval['kind'] }
  | { code: 'scan_without_seal'; kind: Approval['kind'] }
  | { code: 'scan_without_registration_number'; kind: Approval['kind'] }
  | { code: 'site_fit_declaration' }

/**
 * Rule PLAN-3 (Order 37, articles 11 and 12; NN 4(1)). Before a review is asked for, the contractor's
 * technical head and the chief supervising engineer have approved this very version, for a subcontractor's
 * plan both technical heads, and the organiser declares that it fits the site. An approval of an earlier
 * version counts for nothing. Hands back what is missing; an empty list lets the plan go on.
 */
export function missingApprovals(plan: {
  version_hash: string
  written_by_subcontractor: boolean
  site_fit_declared: boolean
  approvals: readonly Approval[]
}): MissingApproval[] {
  const kinds: Approval['kind'][] = plan.written_by_subcontractor
    ? ['contractor', 'subcontractor', 'supervision']
    : ['contractor', 'supervision']
  const missing = kinds.flatMap((kind) => {
    const given = plan.approvals.filter((one) => one.kind === kind && one.version_hash === plan.version_hash)
    const last = given.at(-1)
    if (last === undefined || !last.approved) return [{ code: `${kind}_review` as const }]
    return scanFaults(last)
  })
  return plan.site_fit_declared ? missing : [...missing, { code: 'site_fit_declaration' }]
}

function scanFaults({ kind, evidence }: Approval): MissingApproval[] {
  if (evidence.form === 'session') return []
  const faults: MissingApproval[] = []
  if (!evidence.has_signature) faults.push({ code: 'scan_without_signature', kind })
  if (!evidence.has_seal) faults.push({ code: 'scan_without_seal', kind })
  if (kind === 'supervision' && !evidence.registration_number?.trim()) {
    faults.push({ code: 'scan_without_registration_number', kind })
  }
  return faults
}
