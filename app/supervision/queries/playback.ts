import db from '@adonisjs/lucid/services/db'
import type { EventType } from '#lib/room/events'
import type { HeldOpening } from '#supervision/policies/recording_access'
import { playableFile, recordingOfReview, standOf, type Recording } from '#supervision/queries/recording'

/** All that the playback page needs: one zero for pictures and events alike, on the machine's clock. */
export async function playbackOf({ review_id: reviewId, inspection, ...opening }: HeldOpening) {
  const review = await db
    .from('review_sessions as s')
    .join('reviews as r', 'r.id', 's.review_id')
    .join('plans as p', 'p.id', 's.plan_id')
    .where('s.review_id', reviewId)
    .select(
      'r.number',
      'r.round',
      'r.state',
      'r.conclusion',
      's.started_at',
      's.ended_at',
      's.plan_id',
      's.version_id',
      's.log_hash'
    )
    .select('p.name as plan_name', 'p.project_name')
    .firstOrFail()
  const recording = await recordingOfReview(reviewId)
  const events = await eventsOf(reviewId)
  const zero = recording?.manifest ? Date.parse(recording.manifest.zero) : zeroOf(events)
  const lastWall = events.at(-1)?.wall ?? zero
  return {
    review: {
      id: reviewId,
      number: review.number as string | null,
      round: review.round as number,
      state: review.state as string,
      conclusion: review.conclusion as string | null,
      planId: review.plan_id as string,
      versionId: review.version_id as string,
      planName: review.plan_name as string,
      projectName: review.project_name as string,
      startedAt: (review.started_at?.toISOString() ?? null) as string | null,
      endedAt: (review.ended_at?.toISOString() ?? null) as string | null,
    },
    inspection: { id: inspection.id, number: inspection.number },
    openedAt: opening.at.toISOString(),
    zero,
    durationMs: Math.max(recording?.manifest?.durationMs ?? 0, lastWall - zero, 1000),
    events,
    versions: await versionsOf(review.plan_id),
    seats: await seatsOf(reviewId),
    pointers: await pointersOf(reviewId, zero),
    recording: recording && (await recordingView(recording)),
    findings: await findingsOf(reviewId),
  }
}

/** Without a recording the meeting begins when it was opened. */
function zeroOf(events: readonly { type: EventType; wall: number }[]): number {
  return (events.find(({ type }) => type === 'meeting.opened') ?? events[0])?.wall ?? 0
}

/** Both channels in the order of the log; the bytes of text documents stay behind. */
async function eventsOf(reviewId: string) {
  const rows = await db
    .from('room_operations')
    .where('review_id', reviewId)
    .whereIn('channel', ['room', 'panel'])
    .orderBy('seq')
    .select('channel', 'channel_seq', 'type', 'data', 'at', 'wall', 'by_user_id', 'for_user_id')
  return rows.map((row) => {
    const { update: _update, doc: _doc, ...data } = row.data
    return {
      channel: row.channel as 'room' | 'panel',
      seq: Number(row.channel_seq),
      type: row.type as EventType,
      data,
      at: row.at.toISOString() as string,
      wall: Number(row.wall),
      by: row.by_user_id as string | null,
      ...(row.for_user_id ? { for: row.for_user_id as string } : {}),
    }
  })
}

async function versionsOf(planId: string) {
  const rows = await db
    .from('plan_versions')
    .where('plan_id', planId)
    .whereNot('state', 'draft')
    .orderBy('number')
  return rows.map((row) => ({
    versionId: row.id as string,
    number: row.number as number,
    pages: row.page_count as number,
  }))
}

async function seatsOf(reviewId: string) {
  const rows = await db.from('session_seats').where('review_id', reviewId).orderBy('letter')
  return rows.map((row) => ({
    seatId: row.id as string,
    letter: row.letter as string,
    userId: row.user_id as string,
    name: row.name as string,
    role: row.role as string,
    employer: row.employer as string,
  }))
}

/** [ms since the zero, user, version, page, x, y]: thousands of them, so rows without names. */
async function pointersOf(reviewId: string, zero: number) {
  const rows = await db.from('room_pointer_samples').where('review_id', reviewId).orderBy('wall')
  return rows.map((row) => [Number(row.wall) - zero, row.user_id, row.version_id, row.page, row.x, row.y])
}

async function findingsOf(reviewId: string) {
  const rows = await db
    .from('inspection_findings as f')
    .join('users as u', 'u.id', 'f.by_user_id')
    .where('f.review_id', reviewId)
    .orderBy('f.at_ms')
    .orderBy('f.id')
    .select('f.*', 'u.name as by_name')
  return rows.map((row) => ({
    id: row.id as string,
    atMs: row.at_ms as number,
    subject: row.subject as string,
    text: row.text as string,
    by: row.by_name as string,
    at: row.at.toISOString() as string,
  }))
}

async function recordingView(recording: Recording) {
  const { manifest } = recording
  const times = {
    finishedAt: recording.finishedAt?.toISOString() ?? null,
    keptUntil: recording.keptUntil?.toISOString() ?? null,
  }
  if (!manifest) return { ...times, ready: false as const }
  const segments = manifest.participants.flatMap(({ files }) =>
    files.flatMap(({ tracks }) => tracks.flatMap(({ takes }) => takes.flatMap((take) => take.segments)))
  )
  const participants = []
  for (const { identity, name, files } of manifest.participants) {
    const views = []
    for (const file of files) {
      const playable = playableFile(recording, file.file)
      const state = playable ? await standOf(playable.path, file) : 'missing'
      views.push({
        ...file,
        state,
        tracks: file.tracks.map(({ takes, ...track }) => ({ ...track, damaged: damagedSpans(takes) })),
      })
    }
    participants.push({ identity, name, files: views })
  }
  return {
    ...times,
    ready: true as const,
    demonstration: manifest.demonstration,
    segments: {
      total: segments.length,
      open: segments.filter(({ state }) => state === 'open').length,
      damaged: segments.filter(({ state }) => state === 'altered' || state === 'missing').length,
    },
    participants,
  }
}

type Takes = NonNullable<
  Recording['manifest']
>['participants'][number]['files'][number]['tracks'][number]['takes']

/** Where segments are not as their writer left them: segments of a take are of about one length. */
function damagedSpans(takes: Takes) {
  return takes.flatMap((take) => {
    const each = (take.endMs - take.startMs) / Math.max(1, take.segments.length)
    return take.segments.flatMap(({ file, state }, index) =>
      state === 'altered' || state === 'missing'
        ? [
            {
              file,
              state,
              fromMs: Math.round(take.startMs + index * each),
              toMs: Math.round(take.startMs + (index + 1) * each),
            },
          ]
        : []
    )
  })
}
