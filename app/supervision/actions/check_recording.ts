import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { record } from '#ledger/public'
import { reviewStream } from '#reviews/public'
import { heldOpening } from '#supervision/policies/recording_access'
import { playableFile, recordingOfReview, sizeOf } from '#supervision/queries/recording'

export interface CheckedFile {
  readonly file: string
  readonly state: 'whole' | 'altered' | 'missing'
}

/**
 * Rule MEET-6. Reads every playable file and compares its SHA-256 with the manifest's; the outcome goes on
 * record. About a second for each gigabyte, one file after the other.
 */
export async function checkRecording(actor: Actor, reviewId: string): Promise<{ files: CheckedFile[] }> {
  const opening = await heldOpening(actor, reviewId)
  const recording = await recordingOfReview(reviewId)
  if (!recording?.manifest) throw notFound()
  const files: CheckedFile[] = []
  for (const { file: name } of recording.manifest.participants.flatMap((participant) => participant.files)) {
    const playable = playableFile(recording, name)
    if (!playable || (await sizeOf(playable.path)) === null) files.push({ file: name, state: 'missing' })
    else
      files.push({
        file: name,
        state: (await sha256Of(playable.path)) === playable.file.sha256 ? 'whole' : 'altered',
      })
  }
  await record(actor, async (unit) => {
    unit.entry({
      stream: reviewStream(reviewId),
      type: 'recording.checked',
      payload: {
        inspection: opening.inspection_id,
        files: files.length,
        not_whole: files.filter(({ state }) => state !== 'whole').map(({ file }) => file),
      },
    })
  })
  return { files }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 262_144 })) hash.update(chunk)
  return hash.digest('hex')
}
