import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { SYSTEM_ACTOR } from '#core/actor'
import { regulation } from '#core/jurisdiction'
import { canonicalJson } from '#lib/canonical_json'
import { sha256, toHex, utf8 } from '#lib/bytes'
import { record } from '#ledger/public'
import { reviewStream } from '#reviews/public'
import { finaliseInWorker } from '#sessions/media/finalise/finalise_in_worker'

interface RecordedFile {
  readonly path: string
  readonly size: number
  readonly sha256: string
}

/**
 * MEET-6, SUP-2. After the meeting: the operation log beside the tracks, playable files, and a list of all of
 * it with hashes, whose own digest goes into the ledger. May be run again after a crash.
 */
export async function finishRecording(reviewId: string): Promise<void> {
  const recording = await db
    .from('session_recordings')
    .where('review_id', reviewId)
    .whereNull('finished_at')
    .first()
  if (!recording) return
  const folder = resolve(env.get('VAR_DIR'), recording.folder)
  if (!existsSync(folder)) throw new Error(`The recording's folder ${folder} is gone`)
  const opened = await db
    .from('room_operations')
    .where({ review_id: reviewId, type: 'meeting.opened' })
    .orderBy('seq')
    .firstOrFail()
  await writeLines(
    join(folder, 'events.jsonl'),
    db
      .from('room_operations')
      .where('review_id', reviewId)
      .whereRaw("channel NOT LIKE 'seat:%'")
      .orderBy('seq')
  )
  await writeLines(
    join(folder, 'pointer.jsonl'),
    db.from('room_pointer_samples').where('review_id', reviewId).orderBy('wall').orderBy('user_id')
  )
  await finaliseInWorker(folder, new Date(Number(opened.wall)))
  const files = await listed(folder)
  const digest = toHex(sha256(utf8(canonicalJson(files as never))))
  const years = (await regulation()).values['recording.kept_years'].value
  await record(SYSTEM_ACTOR, async (unit) => {
    const until = new Date(unit.at)
    until.setUTCFullYear(until.getUTCFullYear() + years)
    await unit.update('session_recordings', recording.id, {
      finished_at: unit.at,
      kept_until: until,
      files,
      files_sha256: digest,
    })
    unit.entry({
      stream: reviewStream(reviewId),
      type: 'recording.finished',
      payload: { files: files.length, sha256: digest },
    })
  })
}

/** Durable when it returns: its hash is about to be told. */
async function writeLines(path: string, rows: PromiseLike<Record<string, unknown>[]>): Promise<void> {
  const file = await open(path, 'w', 0o600)
  for (const row of await rows) await file.write(`${JSON.stringify(row)}\n`)
  await file.sync()
  await file.close()
}

async function listed(folder: string): Promise<RecordedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const files: RecordedFile[] = []
  for (const path of paths.sort()) {
    files.push({ path: relative(folder, path), size: (await stat(path)).size, sha256: await hashOf(path) })
  }
  return files
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}
