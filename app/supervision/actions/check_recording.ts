import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { sha256, toHex, utf8 } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'
import { record } from '#ledger/public'
import { reviewStream } from '#reviews/public'
import { heldOpening } from '#supervision/policies/recording_access'
import { recordingOfReview, sizeOf } from '#supervision/queries/recording'

export interface RecordingCheck {
  /** Whether the list of files is the one whose digest the ledger has. */
  readonly list: boolean
  readonly files: number
  readonly notWhole: readonly { readonly path: string; readonly state: 'altered' | 'missing' }[]
}

/**
 * Rule MEET-6. Reads every file of a finished recording, segments and playable files alike, and compares
 * SHA-256 with the list that was made when it ended; the outcome goes on record. About a second for each
 * gigabyte, one file after the other.
 */
export async function checkRecording(actor: Actor, reviewId: string): Promise<RecordingCheck> {
  const opening = await heldOpening(actor, reviewId)
  const recording = await recordingOfReview(reviewId)
  if (!recording?.finishedAt) throw notFound()
  const list = toHex(sha256(utf8(canonicalJson(recording.files as never)))) === recording.filesSha256
  const notWhole: { path: string; state: 'altered' | 'missing' }[] = []
  for (const { path, sha256: expected } of recording.files) {
    const file = join(recording.folder, path)
    if ((await sizeOf(file)) === null) notWhole.push({ path, state: 'missing' })
    else if ((await sha256Of(file)) !== expected) notWhole.push({ path, state: 'altered' })
  }
  const check = { list, files: recording.files.length, notWhole }
  await record(actor, async (unit) => {
    const payload = { inspection: opening.inspection_id, ...check }
    unit.entry({ stream: reviewStream(reviewId), type: 'recording.checked', payload })
  })
  return check
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 262_144 })) hash.update(chunk)
  return hash.digest('hex')
}
