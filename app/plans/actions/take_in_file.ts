import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Actor } from '#core/actor'
import { adoptBlob, putBlob } from '#core/files/blob_store'
import { newId } from '#core/ids'
import { fail, type Result } from '#lib/result'
import type { IntakeRefusal } from '#lib/pdf_intake/limits'
import env from '#start/env'
import { addVersion, type AddVersionError } from '#plans/actions/add_version'
import { inPlan } from '#plans/actions/in_open_plan'
import { checkOwnFile } from '#plans/intake/check_own_file'

/** Takes a file of this machine in as a new version, by the same check as an upload; for the demo's seed. */
export async function takeInFile(
  actor: Actor,
  planId: string,
  file: { path: string; name: string; note: string }
): Promise<
  Result<{ id: string; number: number }, AddVersionError | { code: 'E_FILE_REFUSED'; refusal: IntakeRefusal }>
> {
  const copy = join(env.get('VAR_DIR'), 'uploads', `${newId()}.part`)
  await mkdir(join(copy, '..'), { recursive: true, mode: 0o700 })
  await copyFile(file.path, copy)
  const outcome = await checkOwnFile(copy)
  if (!outcome.ok) return fail({ code: 'E_FILE_REFUSED', refusal: outcome.refusal })
  const pagesSha256 = await putBlob(Buffer.from(JSON.stringify(outcome.pages)))
  await adoptBlob(copy, outcome.sha256)
  return inPlan(actor, planId, ({ unit, plan, review }) =>
    addVersion(unit, plan, review, {
      fileName: file.name,
      sha256: outcome.sha256,
      size: outcome.size,
      pageCount: outcome.pages.length,
      pagesSha256,
      note: file.note,
    })
  )
}
