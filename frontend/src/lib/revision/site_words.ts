import { m } from '#paraglide/messages.js'

export interface SiteAnswer {
  siteCode: string
  plan: string
  planNumber: string
  project: string
  organisation: string
  version: number
  sha256: string
  uploadedAt: string
  reviewState: string
  mayBeBuilt: boolean
  because: string
  since: string | null
  instead: { version: number; siteCode: string } | null
  report: { code: string; number: string | null; conclusion: string | null; issuedAt: string | null } | null
}

const reasons: Record<string, () => string> = {
  released: m.site_because_released,
  superseded: m.site_because_superseded,
  not_approved: m.site_because_not_approved,
  review_not_held: m.site_because_review_not_held,
  review_in_progress: m.site_because_review_in_progress,
  review_failed: m.site_because_review_failed,
  review_suspended: m.site_because_review_suspended,
  review_voided: m.site_because_review_voided,
  review_cancelled: m.site_because_review_cancelled,
  leader_opinion_missing: m.site_because_leader_opinion_missing,
  not_released: m.site_because_not_released,
}

/** Why, in plain words; an older version is told apart by what replaced it. */
export function siteReason({ because, instead }: Pick<SiteAnswer, 'because' | 'instead'>): string {
  if (instead) return m.site_because_superseded()
  return (reasons[because] ?? m.site_because_not_released)()
}

const conclusions: Record<string, () => string> = {
  PASS: m.conclusion_pass,
  REVISE: m.conclusion_revise,
  FAIL: m.conclusion_fail,
}
export const conclusionWord = (code: string | null) => (code && conclusions[code]?.()) || ''
