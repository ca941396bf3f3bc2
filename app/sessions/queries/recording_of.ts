import { resolve } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import env from '#start/env'

export interface RecordingOf {
  /** Absolute; playable files and manifest.json below playback/, operations in events.jsonl. */
  readonly folder: string
  readonly startedAt: Date
  readonly finishedAt: Date | null
  readonly keptUntil: Date | null
  readonly files: readonly { path: string; size: number; sha256: string }[]
  /** Of the list of files as canonical JSON; the ledger has it. */
  readonly filesSha256: string | null
}

/** The recording of a meeting; null where none was made. Who may open it is the caller's to decide (MEET-6). */
export async function recordingOf(reviewId: string): Promise<RecordingOf | null> {
  const row = await db.from('session_recordings').where('review_id', reviewId).first()
  if (!row) return null
  return {
    folder: resolve(env.get('VAR_DIR'), row.folder),
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    keptUntil: row.kept_until,
    files: row.files ?? [],
    filesSha256: row.files_sha256,
  }
}
