import { peopleOf } from '#identity/public'
import type { UnitOfWork } from '#ledger/public'
import { ok, type Result } from '#lib/result'
import { clearDeadline, notify } from '#messages/public'
import { lockPlan, partiesOf } from '#plans/public'
import { advance, type AdvanceError } from '#reviews/public'
import { announceIssued } from '#reports/events/report_issued'
import type { EditionRow, ReportRow } from '#reports/models/rows'

/** REP-1: the last signature issues the report, in its own transaction; whoever waits for it is told. */
export async function issueReport(
  unit: UnitOfWork,
  report: ReportRow,
  edition: EditionRow
): Promise<Result<null, AdvanceError>> {
  await unit.update('reports', report.id, { state: 'issued', issued_at: unit.at })
  const moved = await advance(unit, {
    reviewId: report.review_id,
    event: 'issue_report',
    as: 'program',
    payload: { report: report.id, edition: edition.number, certified: edition.certified_sha256 },
  })
  if (!moved.ok) return moved
  await clearDeadline(unit, { objectId: report.id, kind: 'report_to_sign' })
  await notify(unit, {
    userIds: await whoIsTold(unit, report),
    kind: 'report_issued',
    params: {
      plan: edition.document.plan.name,
      number: edition.document.number,
      conclusion: edition.verdict,
    },
    href: `/reports/${report.id}`,
    objectId: report.id,
  })
  await announceIssued(unit, { reportId: report.id, reviewId: report.review_id, planId: report.plan_id })
  return ok(null)
}

/** The organiser's and the agency's people, and the parties' named leads. */
async function whoIsTold(unit: UnitOfWork, report: ReportRow): Promise<string[]> {
  const plan = await lockPlan(unit.trx, report.plan_id)
  const own = await peopleOf(plan.organisation_id, ['organiser'])
  const agency = plan.agency_organisation_id ? await peopleOf(plan.agency_organisation_id, ['agency']) : []
  const parties = await partiesOf(report.plan_id, unit.trx)
  const leads = parties.flatMap(({ lead_user_id }) => lead_user_id ?? [])
  return [...own, ...agency].map(({ userId }) => userId).concat(leads)
}
