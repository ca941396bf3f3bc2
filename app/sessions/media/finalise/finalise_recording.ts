import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TrackSourceName } from '../recorder/track_index.ts'
import type { MediaFrame } from '../recorder/webm_bytes.ts'
import { audioTimeline } from './audio_timeline.ts'
import { gapsOf } from './gaps.ts'
import type { ManifestFile, ManifestParticipant, ManifestTrack, RecordingManifest } from './manifest.ts'
import { readTakes, type Take } from './read_take.ts'
import { timedFrames, timeTakes, type TimedTake } from './timed_take.ts'
import { PICTURE_GAP_MS, SCREEN_GAP_MS, videoTimeline } from './video_timeline.ts'
import { writePlayable } from './write_playable.ts'

const CONTENTS = [
  { content: 'camera', picture: 'camera', sound: 'microphone', gapMs: PICTURE_GAP_MS },
  { content: 'screen', picture: 'screen', sound: 'screen_audio', gapMs: SCREEN_GAP_MS },
] as const

/** Where the playable files and manifest.json come to lie, below the recording's folder. */
export const PLAYBACK_FOLDER = 'playback'

/**
 * Turns a recording's takes into one playable WebM for each participant and content, all from the same zero, and a
 * manifest. Reads only what the recorder wrote, so that it can be run again at any time and gives the same files.
 * Takes the processor for about 2 s for each 100 MB: not for the process that serves requests.
 */
export async function finaliseRecording(recordingFolder: string, zero: Date): Promise<RecordingManifest> {
  const playback = join(recordingFolder, PLAYBACK_FOLDER)
  await mkdir(playback, { recursive: true })
  const takes = await readTakes(recordingFolder)
  const timed = await timeTakes(takes, zero.getTime())
  const identities = [...new Set(timed.map(({ take }) => take.start.identity))].sort()

  const participants: ManifestParticipant[] = []
  for (const identity of identities) {
    const own = timed.filter(({ take }) => take.start.identity === identity)
    const files: ManifestFile[] = []
    for (const content of CONTENTS) {
      const file = await finaliseContent(playback, identity, own, content)
      if (file !== null) files.push(file)
    }
    participants.push({ identity, name: own.at(-1)!.take.start.name, files })
  }
  const manifest: RecordingManifest = {
    version: 1,
    zero: zero.toISOString(),
    durationMs: Math.max(0, ...participants.flatMap(({ files }) => files.map((file) => file.durationMs))),
    demonstration: takes.some((take) => take.start.demonstration === true),
    participants,
    damaged: takes.flatMap(damagedSegments),
  }
  await writeFile(join(playback, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}

async function finaliseContent(
  playback: string,
  identity: string,
  takes: readonly TimedTake[],
  content: (typeof CONTENTS)[number]
): Promise<ManifestFile | null> {
  const pictures = bySource(takes, content.picture)
  const sounds = bySource(takes, content.sound)
  if (pictures.length === 0 && sounds.length === 0) return null
  const endMs = Math.max(...[...pictures, ...sounds].map((timed) => timed.endMs))
  if (endMs < 0) return null

  const file = `${fileName(identity)}-${content.content}.webm`
  const written = await writePlayable(join(playback, file), {
    video: pictures.length > 0 ? videoTimeline(eachTake(pictures), content.gapMs) : null,
    audio: sounds.length > 0 ? audioTimeline(allFrames(sounds), endMs) : null,
    size: largestPicture(pictures),
  })
  const tracks = [
    ...(pictures.length > 0 ? [await manifestTrack(content.picture, pictures)] : []),
    ...(sounds.length > 0 ? [await manifestTrack(content.sound, sounds)] : []),
  ]
  return {
    file,
    content: content.content,
    picture: pictures.length > 0,
    sound: sounds.length > 0,
    ...written,
    tracks,
  }
}

async function manifestTrack(source: TrackSourceName, takes: readonly TimedTake[]): Promise<ManifestTrack> {
  return {
    source,
    startMs: Math.round(Math.min(...takes.map((timed) => timed.startMs))),
    endMs: Math.round(Math.max(...takes.map((timed) => timed.endMs))),
    gaps: await gapsOf(takes),
    losses: takes.flatMap((timed) =>
      timed.take.losses.map((loss) => ({
        atMs: Math.round(timed.fromMedia(loss.media)),
        packets: loss.packets,
      }))
    ),
    takes: takes.map(({ take, startMs, endMs }) => ({
      folder: take.folder,
      trackSid: take.start.trackSid,
      startMs: Math.round(startMs),
      endMs: Math.round(endMs),
      segments: take.segments,
    })),
  }
}

function bySource(takes: readonly TimedTake[], source: TrackSourceName): TimedTake[] {
  return takes.filter(({ take }) => take.start.source === source)
}

async function* eachTake(takes: readonly TimedTake[]): AsyncGenerator<AsyncIterable<MediaFrame>> {
  for (const timed of takes) yield timedFrames(timed)
}

async function* allFrames(takes: readonly TimedTake[]): AsyncGenerator<MediaFrame> {
  for (const timed of takes) yield* timedFrames(timed)
}

function largestPicture(takes: readonly TimedTake[]): { width: number; height: number } {
  const sizes = takes.flatMap(({ take }) => take.resolutions)
  return {
    width: Math.max(8, ...sizes.map(({ width }) => width)),
    height: Math.max(8, ...sizes.map(({ height }) => height)),
  }
}

function damagedSegments(take: Take): RecordingManifest['damaged'] {
  return take.segments.flatMap(({ file, state }) =>
    state === 'altered' || state === 'missing' ? [{ take: take.folder, file, state }] : []
  )
}

/** Identities are ids of our own; whatever else they might hold must not lead out of the folder. */
function fileName(identity: string): string {
  return identity.replace(/[^A-Za-z0-9_-]/g, (character) => `~${character.codePointAt(0)!.toString(16)}`)
}
