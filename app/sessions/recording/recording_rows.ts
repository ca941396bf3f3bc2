import { newId } from '#core/ids'
import { SYSTEM_ACTOR } from '#core/actor'
import { record } from '#ledger/public'
import { ok } from '#lib/result'
import type { RecordingState } from '#lib/room/events'
import { reviewStream } from '#reviews/public'
import { performForProgram } from '#sessions/actions/perform_for_program'
import { tell } from '#sessions/decisions/scene'

/** Opens the row of the recording, or the same one again after an adjournment. */
export async function beginRecording(reviewId: string, folder: string): Promise<void> {
  await record(SYSTEM_ACTOR, async (unit) => {
    const row = await unit.trx.from('session_recordings').where('review_id', reviewId).forUpdate().first()
    if (row && row.finished_at === null) return
    if (row)
      await unit.update('session_recordings', row.id, { finished_at: null, files: null, files_sha256: null })
    else {
      await unit.insert('session_recordings', {
        id: newId(),
        review_id: reviewId,
        folder,
        started_at: unit.at,
        finished_at: null,
        kept_until: null,
        files: null,
        files_sha256: null,
      })
    }
    unit.entry({ stream: reviewStream(reviewId), type: 'recording.began', payload: {} })
  })
}

export async function tellRecording(reviewId: string, state: RecordingState): Promise<void> {
  await performForProgram(reviewId, 'recording', (scene) =>
    ok(scene.room.recording.state === state ? [] : [tell('room', 'recording.changed', { state })])
  )
}
