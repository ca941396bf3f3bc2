import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { regulation } from '#core/jurisdiction'
import { approvalsOf, lockPlan, partiesOf, versionsOf } from '#plans/public'
import { latestReceipt } from '#ledger/public'
import { reviewById, reviewStream } from '#reviews/public'
import type { ReportFacts } from '#reports/assembly/report_facts'
import { refusalsOf } from '#reports/queries/load_report'
import type { ReportRow } from '#reports/models/rows'
import { reportSources } from '#reports/sources'

/** Everything that goes into a report now. @throws when the panel has not concluded. */
export async function reportFacts(report: ReportRow, at: Date): Promise<ReportFacts> {
  const sources = reportSources()
  const [review, meeting, draw, rules, refusals, receipt] = await Promise.all([
    reviewById(report.review_id),
    sources.meeting(report.review_id),
    sources.draw(report.review_id),
    regulation(),
    refusalsOf(report.id),
    latestReceipt(reviewStream(report.review_id)),
  ])
  if (!review || !meeting) throw new Error(`No conclusion to report of review ${report.review_id}`)
  return {
    number: review.number ?? '',
    round: review.round,
    code: report.code,
    publicUrl: env.get('PUBLIC_URL').replace(/\/+$/, ''),
    at,
    regulation: rules,
    overview: report.overview,
    answers: report.answers,
    ...(await planSide(report.plan_id, meeting.versionId)),
    meeting,
    draw,
    receipt,
    refusals: refusals.map(({ name, conclusion, reason }) => ({ name, conclusion, reason })),
  }
}

async function planSide(planId: string, versionId: string) {
  const plan = await db.transaction((trx) => lockPlan(trx, planId))
  const [parties, versions, approvals, names] = await Promise.all([
    partiesOf(planId),
    versionsOf(planId),
    approvalsOf([versionId]),
    organisationNames([plan.organisation_id, plan.agency_organisation_id]),
  ])
  const version = versions.find(({ id }) => id === versionId)
  if (!version) throw new Error(`Version ${versionId} is not of plan ${planId}`)
  const approvedAt = (step: string) =>
    approvals.findLast((one) => one.step === step && one.decision === 'approve')?.at ?? null
  return {
    plan: {
      name: plan.name,
      projectName: plan.project_name,
      projectPlace: plan.project_place,
      permit: plan.permit,
      works: version.works,
      assessment: plan.assessment,
      version: { number: version.number, pages: version.page_count, sha256: version.sha256 },
      contractorReviewedAt: approvedAt('contractor'),
      supervisorReviewedAt: approvedAt('supervision'),
    },
    parties: parties.map(({ role, organisation_name, lead_name }) => {
      return { role, name: organisation_name, lead: lead_name }
    }),
    organiser: names.get(plan.organisation_id) ?? '',
    agency: plan.agency_organisation_id ? (names.get(plan.agency_organisation_id) ?? null) : null,
  }
}

async function organisationNames(ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const rows = await db
    .from('organisations')
    .whereIn(
      'id',
      ids.filter((id) => id !== null)
    )
    .select('id', 'name')
  return new Map(rows.map(({ id, name }) => [id, name]))
}
