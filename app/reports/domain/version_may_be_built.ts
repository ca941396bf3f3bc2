export type VersionFacts = {
  /** The version asked about, and the one that the plan releases for building; null while there is none. */
  version_hash: string
  released_hash: string | null
  plan: 'not_hazardous' | 'hazardous' | 'review_required'
  review: 'none' | 'in_progress' | 'PASS' | 'REVISE' | 'FAIL' | 'suspended' | 'voided' | 'cancelled'
  /** Both approvals (PLAN-3) are on this very version. */
  approved: boolean
  /** 修改后通过 only: the leader has agreed to this very version. */
  leader_agreed: boolean
}

export type BuildVerdict =
  | { may_be_built: true; code: 'released' }
  | {
      may_be_built: false
      code:
        | 'superseded'
        | 'not_approved'
        | 'review_not_held'
        | 'review_in_progress'
        | 'review_failed'
        | 'review_suspended'
        | 'review_voided'
        | 'review_cancelled'
        | 'leader_opinion_missing'
        | 'not_released'
    }

/**
 * Rule REP-6 (NN 4(5), Order 37 article 13) and PLAN-9. What somebody on site learns from a version's code:
 * built may be what is released, approved and, where a review is required, passed; nothing else ever.
 */
export function buildVerdict(facts: VersionFacts): BuildVerdict {
  const no = (code: Extract<BuildVerdict, { may_be_built: false }>['code']) =>
    ({ may_be_built: false, code }) as const
  if (facts.review === 'voided') return no('review_voided')
  if (facts.review === 'suspended') return no('review_suspended')
  if (facts.plan === 'review_required' || facts.review !== 'none') {
    if (facts.review === 'none') return no('review_not_held')
    if (facts.review === 'in_progress') return no('review_in_progress')
    if (facts.review === 'FAIL') return no('review_failed')
    if (facts.review === 'cancelled') return no('review_cancelled')
    if (facts.review === 'REVISE' && !facts.leader_agreed) return no('leader_opinion_missing')
  }
  if (!facts.approved) return no('not_approved')
  if (facts.released_hash === null) return no('not_released')
  return facts.released_hash === facts.version_hash
    ? { may_be_built: true, code: 'released' }
    : no('superseded')
}
