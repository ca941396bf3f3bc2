import { copyFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { adoptBlob } from '#core/files/blob_store'
import { newId } from '#core/ids'
import { fail, ok, type Result } from '#lib/result'
import type { IntakeRefusal } from '#lib/pdf_intake/limits'
import { checkOwnFile } from '#plans/intake/check_own_file'
import { uploadPath } from '#plans/intake/upload_store'

/**
 * ORG-2: takes a letter of delegation of this machine in, by the same check as an upload; for the demo's seed.
 * @returns the upload's id, as `organiseReview` wants it
 */
export async function takeInLetter(
  actor: Actor,
  planId: string,
  file: { path: string; name: string }
): Promise<Result<string, { code: 'E_FILE_REFUSED'; refusal: IntakeRefusal }>> {
  const id = newId()
  const copy = uploadPath(id)
  await mkdir(dirname(copy), { recursive: true, mode: 0o700 })
  await copyFile(file.path, copy)
  const outcome = await checkOwnFile(copy)
  if (!outcome.ok) return fail({ code: 'E_FILE_REFUSED', refusal: outcome.refusal })
  await adoptBlob(copy, outcome.sha256)
  await db.table('plan_uploads').insert({
    id,
    plan_id: planId,
    user_id: actor.userId,
    purpose: 'attachment',
    file_name: file.name,
    size: outcome.size,
    metadata: JSON.stringify({}),
    state: 'accepted',
    result: JSON.stringify({ sha256: outcome.sha256, pageCount: outcome.pages.length }),
    created_at: businessNow(),
  })
  return ok(id)
}
