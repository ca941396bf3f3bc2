import type { Actor } from '#core/actor'
import { newId } from '#core/ids'
import { recordResult } from '#ledger/public'
import { fail, ok, type Result } from '#lib/result'
import { clearDeadline, notify } from '#messages/public'
import { advance, type AdvanceError, type Conclusion } from '#reviews/public'
import { strictestConclusion } from '#reports/domain/the_stricter_conclusion_stands'
import { editionOf, lockReport, membersOf, revisionsOf } from '#reports/queries/load_report'

export type RefusalError =
  | { code: 'E_NOT_SIGNING' | 'E_NOT_A_SIGNER' | 'E_ALREADY_SIGNED' }
  /** A member dissents towards the stricter; a milder wish changes nothing that others concluded (CONC-1). */
  | { code: 'E_MILDER_CONCLUSION'; conclusion: Conclusion }
  /** CONC-2: 修改后通过 needs an item to mend; the report has none. */
  | { code: 'E_NO_ITEM_TO_MEND' }
  | AdvanceError

/**
 * Rules REP-2 and CONC-1: a member who will not sign says why. The review goes back to its conclusion, which now
 * holds the dissent; the signatures so far are kept with the superseded edition.
 */
export async function refuseToSign(
  actor: Actor,
  reportId: string,
  input: { reason: string; conclusion: Conclusion }
): Promise<Result<{ state: 'writing' }, RefusalError>> {
  return recordResult(actor, async (unit) => {
    const report = await lockReport(unit.trx, reportId)
    const edition = await editionOf(report, unit.trx)
    if (report.state !== 'signing' || !edition) return fail({ code: 'E_NOT_SIGNING' as const })
    const members = await membersOf(reportId, unit.trx)
    const own = members.find(({ user_id }) => user_id === actor.userId)
    if (!own) return fail({ code: 'E_NOT_A_SIGNER' as const })
    const revisions = await revisionsOf(edition.id, unit.trx)
    if (revisions.some(({ member_id }) => member_id === own.id))
      return fail({ code: 'E_ALREADY_SIGNED' as const })
    if (strictestConclusion(edition.verdict, [input.conclusion]) !== input.conclusion)
      return fail({ code: 'E_MILDER_CONCLUSION' as const, conclusion: edition.verdict })
    if (input.conclusion === 'REVISE' && edition.document.mustFix.length === 0)
      return fail({ code: 'E_NO_ITEM_TO_MEND' as const })
    await unit.insert('report_refusals', {
      id: newId(),
      report_id: reportId,
      edition_id: edition.id,
      member_id: own.id,
      conclusion: input.conclusion,
      reason: input.reason,
      at: unit.at,
    })
    await unit.update('report_editions', edition.id, { superseded_at: unit.at })
    await unit.update('reports', reportId, { state: 'writing' })
    // Whoever was about to sign the superseded text finds their lease gone.
    await unit.trx.from('report_leases').where('edition_id', edition.id).delete()
    await unit.trx.from('report_waiting').where('edition_id', edition.id).delete()
    const moved = await advance(unit, {
      reviewId: report.review_id,
      event: 'refuse_to_sign',
      as: own.role,
      reason: input.reason,
      payload: { report: reportId, edition: edition.number, conclusion: input.conclusion },
    })
    if (!moved.ok) return moved
    await clearDeadline(unit, { objectId: reportId, kind: 'report_to_sign' })
    const params = { plan: edition.document.plan.name, number: edition.document.number, name: own.name }
    const href = `/reports/${reportId}`
    const others = members.filter(({ id }) => id !== own.id).map(({ user_id }) => user_id)
    await notify(unit, { userIds: others, kind: 'report_refused', params, href, objectId: reportId })
    return ok({ state: 'writing' as const })
  })
}
