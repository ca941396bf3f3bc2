import { rm } from 'node:fs/promises'
import { adoptBlob } from '#core/files/blob_store'
import { checkImage } from '#core/files/check_image'
import type { ReceivedFile } from '#core/files/receive_file'
import { fail, ok, type Result } from '#lib/result'
import type { ImageRefusal } from '#lib/image_intake/limits'

/** A camera's still at the size the pages take it; more is no still of ours. */
export const SIGN_IN_PHOTO_BYTES = 2 * 1_048_576

/** Rule MEET-2. Keeps the picture if it can be decoded whole, and gives its SHA-256; else nothing of it stays. */
export async function keepSignInPhoto(
  file: ReceivedFile
): Promise<Result<string, { code: 'E_PHOTO'; refusal: ImageRefusal }>> {
  const image = await checkImage(file.path)
  if (!image.ok) {
    await rm(file.path, { force: true })
    return fail({ code: 'E_PHOTO', refusal: image.refusal })
  }
  await adoptBlob(file.path, file.sha256)
  return ok(file.sha256)
}
