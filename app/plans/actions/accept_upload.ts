import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { rm } from 'node:fs/promises'
import type { Actor } from '#core/actor'
import { adoptBlob, putBlob } from '#core/files/blob_store'
import { notFound } from '#core/exceptions/refusal'
import { fail, ok, type Result } from '#lib/result'
import { addVersion } from '#plans/actions/add_version'
import { inPlan } from '#plans/actions/in_open_plan'
import { newVersionEvent, type UploadRefusal } from '#plans/domain/a_version_under_review_cannot_change'
import { runCheck } from '#plans/intake/run_check'
import { uploadPath } from '#plans/intake/upload_store'
import { planFor } from '#plans/queries/load_plan'
import { mayEdit } from '#plans/policies/visible_plans'
import { reviewOfPlan } from '#reviews/public'

/** How long a check may hold an upload before another attempt may take it up (machine time). */
const LEASE_MS = 300_000
const progressOf = new Map<string, { done: number; of: number }>()
const running = new Set<Promise<void>>()

export type AcceptError = UploadRefusal | { code: 'E_UPLOAD_INCOMPLETE' }

/** Upload of this plan that this person may go on with. @throws 404 */
export async function uploadFor(actor: Actor, planId: string, uploadId: string) {
  const plan = await planFor(actor, planId)
  if (!mayEdit(actor, plan)) throw notFound()
  const row = await db
    .from('plan_uploads')
    .where({ id: uploadId, plan_id: planId, user_id: actor.userId })
    .first()
  if (!row) throw notFound()
  return row
}

/**
 * Starts the check of a complete upload; the page asks for its outcome. Asking twice starts one check: the
 * row is taken by one statement.
 */
export async function acceptUpload(
  actor: Actor,
  planId: string,
  uploadId: string,
  note: string
): Promise<Result<{ state: string }, AcceptError>> {
  const row = await uploadFor(actor, planId, uploadId)
  if (row.state === 'accepted' || row.state === 'refused') return ok({ state: row.state })
  const review = await reviewOfPlan(planId)
  const allowed = row.purpose === 'plan' ? newVersionEvent(review!.state, review!.conclusion) : ok(null)
  if (!allowed.ok) return allowed
  const now = new Date()
  const taken = await db
    .from('plan_uploads')
    .where('id', uploadId)
    .where((or) =>
      or
        .where('state', 'received')
        .orWhere((late) => late.where('state', 'checking').where('checking_until', '<', now))
    )
    .update({ state: 'checking', checking_until: new Date(now.getTime() + LEASE_MS), note })
  if (Number(taken) === 0) {
    // Another click has taken it since it was read, or there is nothing to take yet.
    const { state } = await uploadFor(actor, planId, uploadId)
    return state === 'receiving' ? fail({ code: 'E_UPLOAD_INCOMPLETE' }) : ok({ state })
  }
  const work = check(actor, { ...row, note }).finally(() => {
    progressOf.delete(uploadId)
    running.delete(work)
  })
  running.add(work)
  return ok({ state: 'checking' })
}

/** Where an upload stands, for the page. */
export async function uploadStatus(actor: Actor, planId: string, uploadId: string) {
  const row = await uploadFor(actor, planId, uploadId)
  return {
    id: row.id,
    state: row.state,
    fileName: row.file_name,
    size: row.size,
    refusal: row.refusal,
    result: row.result,
    progress: progressOf.get(uploadId) ?? null,
  }
}

async function check(actor: Actor, row: any): Promise<void> {
  try {
    const outcome = await runCheck(uploadPath(row.id), (done, of) => progressOf.set(row.id, { done, of }))
    if (!outcome.ok) return await refuse(row.id, outcome.refusal)
    const file = {
      fileName: row.file_name as string,
      sha256: outcome.sha256,
      size: outcome.size,
      pageCount: outcome.pages.length,
      note: row.note as string,
    }
    const pagesSha256 = await putBlob(Buffer.from(JSON.stringify(outcome.pages)))
    await adoptBlob(uploadPath(row.id), outcome.sha256)
    if (row.purpose === 'attachment')
      return await accepted(row.id, { sha256: file.sha256, pageCount: file.pageCount })
    const added = await inPlan(actor, row.plan_id, ({ unit, plan, review }) =>
      addVersion(unit, plan, review, { ...file, pagesSha256 })
    )
    if (added.ok) await accepted(row.id, { number: added.value.number, versionId: added.value.id })
    else await refuse(row.id, added.error)
  } catch (error) {
    logger.error({ err: error, upload: row.id }, 'checking an upload')
    await refuse(row.id, { code: 'check_broke_down' })
  }
}

async function accepted(id: string, result: Record<string, unknown>): Promise<void> {
  await db
    .from('plan_uploads')
    .where('id', id)
    .update({ state: 'accepted', result: JSON.stringify(result), checking_until: null })
}

async function refuse(id: string, refusal: object): Promise<void> {
  await db
    .from('plan_uploads')
    .where('id', id)
    .update({ state: 'refused', refusal: JSON.stringify(refusal), checking_until: null })
  await rm(uploadPath(id), { force: true })
}

/** For a clean shutdown and for tests: until no check runs any more. */
export async function untilChecksEnd(): Promise<void> {
  await Promise.allSettled([...running])
}
