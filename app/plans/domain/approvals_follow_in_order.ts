import { fail, ok, type Result } from '#lib/result'
import type { Conclusion, ReviewState } from '#reviews/rules'

export type ApprovalKind = 'contractor' | 'subcontractor' | 'supervision'
export type VersionState =
  'draft' | 'self_checked' | 'contractor_reviewed' | 'approved' | 'returned' | 'superseded'

export interface ApprovalFacts {
  readonly reviewState: ReviewState
  readonly conclusion: Conclusion | null
  readonly versionState: VersionState
  readonly bySubcontractor: boolean
  /** Kinds that have approved this version already. */
  readonly approved: readonly ApprovalKind[]
}

export interface ApprovalStep {
  readonly versionState: VersionState
  /** What happens to the review, or null when it stays where it is. */
  readonly event: 'contractor_review' | 'supervision_review' | 'approved_again' | 'send_back' | null
}

export type ApprovalRefusal = {
  code: 'E_NOT_YOUR_TURN'
  versionState: VersionState
  reviewState: ReviewState
}

/** Which reviews of this version stand open now, in the order of PLAN-3. */
export function openApprovals(
  facts: Omit<ApprovalFacts, 'conclusion'> & { conclusion: Conclusion | null }
): ApprovalKind[] {
  if (!reviewWaitsForApproval(facts.reviewState, facts.conclusion)) return []
  if (facts.versionState === 'contractor_reviewed') return ['supervision']
  if (facts.versionState !== 'self_checked') return []
  const heads: ApprovalKind[] = facts.bySubcontractor ? ['subcontractor', 'contractor'] : ['contractor']
  return heads.filter((kind) => !facts.approved.includes(kind))
}

/**
 * Rule PLAN-3 (Order 37, articles 11 and 12). First the contractor's technical head (for a subcontractor's
 * plan both), then the chief supervising engineer; a return takes the version out. The same order holds
 * for a revised version after the leader's opinion (REP-3) and for taken advice (REP-10).
 */
export function decideApproval(
  kind: ApprovalKind,
  decision: 'approve' | 'return',
  facts: ApprovalFacts
): Result<ApprovalStep, ApprovalRefusal> {
  if (!openApprovals(facts).includes(kind)) {
    return fail({ code: 'E_NOT_YOUR_TURN', versionState: facts.versionState, reviewState: facts.reviewState })
  }
  const first = facts.reviewState === 'SELF_CHECKED' || facts.reviewState === 'CONTRACTOR_REVIEWED'
  if (decision === 'return')
    return ok({ versionState: 'returned', event: facts.reviewState === 'FILED' ? null : 'send_back' })
  if (kind === 'supervision')
    return ok({ versionState: 'approved', event: first ? 'supervision_review' : 'approved_again' })
  const last = openApprovals(facts).every((open) => open === kind)
  if (!last) return ok({ versionState: 'self_checked', event: null })
  return ok({ versionState: 'contractor_reviewed', event: first ? 'contractor_review' : null })
}

function reviewWaitsForApproval(state: ReviewState, conclusion: Conclusion | null): boolean {
  if (state === 'SELF_CHECKED' || state === 'CONTRACTOR_REVIEWED' || state === 'LEADER_OPINION') return true
  return state === 'FILED' && conclusion === 'PASS'
}
