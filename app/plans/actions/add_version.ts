import { randomInt } from 'node:crypto'
import { newId } from '#core/ids'
import { fail, ok, type Result } from '#lib/result'
import type { UnitOfWork } from '#ledger/public'
import { advance, reviewStream, type Review } from '#reviews/public'
import { putCheck } from '#plans/actions/change_content'
import { newVersionEvent, type UploadRefusal } from '#plans/domain/a_version_under_review_cannot_change'
import { newSiteCode } from '#plans/domain/site_code'
import { fits, type PageRange } from '#plans/domain/what_a_plan_still_lacks'
import type { PlanRow, VersionRow } from '#plans/models/rows'
import { checksOf, versionsOf, worksOf } from '#plans/queries/load_plan'

export interface CheckedPlanFile {
  readonly fileName: string
  readonly sha256: string
  readonly size: number
  readonly pageCount: number
  readonly pagesSha256: string
  readonly note: string
}

export type AddVersionError =
  | UploadRefusal
  | { code: 'E_SAME_FILE'; number: number }
  | { code: 'E_REVIEW_STATE'; state: string; event: string; why: string }

/**
 * PLAN-4: a version is added, never replaced. What was noted about the one before (chapters, drawings,
 * ticks) is carried over as far as its pages exist, for the writer to go through again.
 */
export async function addVersion(
  unit: UnitOfWork,
  plan: PlanRow,
  review: Review,
  file: CheckedPlanFile
): Promise<Result<{ id: string; number: number }, AddVersionError>> {
  const event = newVersionEvent(review.state, review.conclusion)
  if (!event.ok) return event
  const versions = await versionsOf(plan.id, unit.trx)
  const before = versions[0] ?? null
  if (before?.sha256 === file.sha256) return fail({ code: 'E_SAME_FILE', number: before.number })
  if (event.value) {
    const moved = await advance(unit, { reviewId: review.id, event: event.value, as: 'contractor' })
    if (!moved.ok) return moved
  }
  if (before && ['draft', 'self_checked', 'contractor_reviewed'].includes(before.state))
    await unit.update('plan_versions', before.id, { state: 'superseded' })
  const created = await insertVersion(unit, plan, file, before)
  unit.entry({
    stream: reviewStream(review.id),
    type: 'plan.version_fixed',
    payload: {
      plan: plan.id,
      version: created.id,
      number: created.number,
      sha256: file.sha256,
      pages: file.pageCount,
      by: unit.actor.userId,
    },
  })
  return ok(created)
}

async function insertVersion(
  unit: UnitOfWork,
  plan: PlanRow,
  file: CheckedPlanFile,
  before: VersionRow | null
): Promise<{ id: string; number: number }> {
  const works = await worksOf(plan.id, unit.trx)
  const id = newId()
  const number = (before?.number ?? 0) + 1
  const carried = (ranges: readonly PageRange[]) => ranges.filter((range) => fits(range, file.pageCount))
  await unit.insert('plan_versions', {
    id,
    plan_id: plan.id,
    number,
    file_name: file.fileName,
    sha256: file.sha256,
    size: file.size,
    page_count: file.pageCount,
    pages_sha256: file.pagesSha256,
    note: file.note,
    site_code: newSiteCode(randomInt),
    state: 'draft',
    works: works.map(({ category, parameters, context }) => ({ category, parameters, context })),
    chapters: carried(before?.chapters ?? []),
    drawings: carried(before?.drawings ?? []),
    uploaded_by: unit.actor.userId!,
    uploaded_at: unit.at,
  })
  const ticked = before
    ? (await checksOf([before.id], unit.trx)).find((check) => check.step === 'writing')
    : undefined
  const ticks =
    ticked?.items.filter(
      (tick) => tick.state !== 'present' && (tick.page === null || tick.page <= file.pageCount)
    ) ?? []
  if (ticks.length > 0) await putCheck(unit, id, 'writing', ticks)
  return { id, number }
}
