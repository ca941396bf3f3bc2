import db from '@adonisjs/lucid/services/db'
import { siteStatus } from '#plans/public'
import { reviewOfPlan, transitionsOf, type Review } from '#reviews/public'
import { buildVerdict, type BuildVerdict, type VersionFacts } from '#reports/domain/version_may_be_built'
import { reportOfReview } from '#reports/queries/load_report'

/** Before a review was asked for there is none to speak of. */
const NOT_ASKED_FOR = [
  'DRAFT',
  'SELF_CHECKED',
  'CONTRACTOR_REVIEWED',
  'SUPERVISING_ENGINEER_REVIEWED',
  'RETURNED',
]
const ENDED: Record<string, VersionFacts['review']> = {
  SUSPENDED: 'suspended',
  VOIDED: 'voided',
  CANCELLED: 'cancelled',
}

/**
 * Rule REP-6: what a passer-by learns from a version's code. May this version be built, and if not, why and which
 * one instead. No names of people, no content. Null when no version has this code.
 */
export async function siteVerdict(code: string) {
  const status = await siteStatus(code)
  if (!status) return null
  const version = await db.from('plan_versions').where('site_code', status.siteCode).firstOrFail()
  const plan = await db.from('plans').where('id', version.plan_id).firstOrFail()
  const review = (await reviewOfPlan(plan.id))!
  const released = plan.implementable_version_id
    ? await db.from('plan_versions').where('id', plan.implementable_version_id).first()
    : null
  const verdict = await verdictOn(version, released, plan, review)
  const other =
    released && released.id !== version.id && (await verdictOn(released, released, plan, review)).may_be_built
  const report = await reportOfReview(review.id)
  return {
    siteCode: status.siteCode,
    plan: status.plan,
    planNumber: status.planNumber,
    project: status.project,
    organisation: status.organisation,
    version: status.version,
    sha256: status.sha256,
    uploadedAt: version.uploaded_at.toISOString(),
    reviewState: review.state,
    mayBeBuilt: verdict.may_be_built,
    because: verdict.code,
    since: verdict.may_be_built ? await releasedAt(review) : null,
    instead: other ? { version: released.number, siteCode: released.site_code } : null,
    report:
      report?.state === 'issued'
        ? {
            code: report.code,
            number: review.number,
            conclusion: review.conclusion,
            issuedAt: report.issued_at?.toISOString() ?? null,
          }
        : null,
  }
}

async function verdictOn(version: any, released: any, plan: any, review: Review): Promise<BuildVerdict> {
  return buildVerdict({
    version_hash: version.sha256,
    released_hash: released?.sha256 ?? null,
    plan:
      plan.hazardous === false && !review.reviewRequired
        ? 'not_hazardous'
        : review.reviewRequired
          ? 'review_required'
          : 'hazardous',
    review: reviewFact(review),
    approved: version.state === 'approved',
    leader_agreed: await leaderAgreed(version.id),
  })
}

function reviewFact(review: Review): VersionFacts['review'] {
  const ended = ENDED[review.state]
  if (ended) return ended
  if (!review.reviewRequired || NOT_ASKED_FOR.includes(review.state)) return 'none'
  const concluded = [
    'FILED',
    'REVISING',
    'REVISION_SUBMITTED',
    'LEADER_OPINION',
    'REVIEWED_AGAIN',
    'IMPLEMENTABLE',
    'CLOSED',
    'REPORT_ISSUED',
  ]
  return concluded.includes(review.state) && review.conclusion ? review.conclusion : 'in_progress'
}

async function leaderAgreed(versionId: string): Promise<boolean> {
  const row = await db
    .from('leader_opinions')
    .join('revision_submissions', 'revision_submissions.id', 'leader_opinions.submission_id')
    .where({ 'revision_submissions.version_id': versionId, 'leader_opinions.decision': 'agree' })
    .select('leader_opinions.id')
    .first()
  return row !== null
}

async function releasedAt(review: Review): Promise<string | null> {
  return (await transitionsOf(review.id)).findLast(({ to }) => to === 'IMPLEMENTABLE')?.at ?? null
}
