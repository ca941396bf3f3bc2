import { newId } from '#core/ids'
import type { UnitOfWork } from '#ledger/public'
import { submittedVersion } from '#plans/public'
import { reviewStream, type Review } from '#reviews/public'
import type { ReportRow } from '#reports/models/rows'
import { editionOf, membersOf } from '#reports/queries/load_report'
import { revisionOf } from '#reports/revision/queries/load_revision'
import type { RevisionRow } from '#reports/revision/models/rows'
import { meetingRecord } from '#reports/revision/sources'

/**
 * Rules REP-3, REP-10: the report is issued, so its items wait for answers, word for word as they were signed.
 * Again it does nothing.
 */
export async function openRevision(
  unit: UnitOfWork,
  review: Review,
  report: ReportRow
): Promise<RevisionRow> {
  const known = await revisionOf(review.id, unit.trx)
  if (known) return known
  const edition = await editionOf(report, unit.trx)
  const leader = (await membersOf(report.id, unit.trx)).find(({ role }) => role === 'leader')
  if (!edition || !leader) throw new Error(`Report ${report.id} is issued without an edition or a leader`)
  const meeting = await meetingRecord(review.id, unit.trx)
  const reviewed = meeting?.versionId ?? (await submittedVersion(report.plan_id, unit.trx))?.id
  if (!reviewed) throw new Error(`Review ${review.id} had no version to review`)
  const id = newId()
  await unit.insert('revisions', {
    id,
    review_id: review.id,
    report_id: report.id,
    plan_id: report.plan_id,
    reviewed_version_id: reviewed,
    leader_user_id: leader.user_id,
    answering_since: null,
    answers_due_at: null,
    opened_at: unit.at,
    closed_at: null,
  })
  const { mustFix, advice } = edition.document
  const lists = [
    ['must_fix', mustFix],
    ['advice', advice],
  ] as const
  for (const [kind, items] of lists)
    for (const [index, { place, opinion, basis }] of items.entries())
      await unit.insert('revision_items', {
        id: newId(),
        revision_id: id,
        kind,
        number: index + 1,
        place,
        text: opinion,
        basis,
      })
  unit.entry({
    stream: reviewStream(review.id),
    type: 'revision.opened',
    payload: { revision: id, must_fix: mustFix.length, advice: advice.length },
  })
  return (await revisionOf(review.id, unit.trx))!
}
