import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { recordingOf, type RecordingOf } from '#sessions/public'

/** Of manifest.json, as far as playback needs it; see the finaliser of recordings. Times in ms since the zero. */
export interface Manifest {
  readonly zero: string
  readonly durationMs: number
  readonly demonstration: boolean
  readonly participants: readonly {
    readonly identity: string
    readonly name: string
    readonly files: readonly ManifestFile[]
  }[]
  readonly damaged: readonly {
    readonly take: string
    readonly file: string
    readonly state: 'altered' | 'missing'
  }[]
}

export interface ManifestFile {
  readonly file: string
  readonly content: 'camera' | 'screen'
  readonly picture: boolean
  readonly sound: boolean
  readonly durationMs: number
  readonly bytes: number
  readonly sha256: string
  readonly tracks: readonly {
    readonly source: string
    readonly startMs: number
    readonly endMs: number
    readonly gaps: readonly { readonly fromMs: number; readonly toMs: number; readonly reason: string }[]
    readonly takes: readonly {
      readonly startMs: number
      readonly endMs: number
      readonly folder: string
      readonly segments: readonly { readonly file: string; readonly state: string }[]
    }[]
  }[]
}

export interface Recording extends RecordingOf {
  /** Null until the recording is finalised. */
  readonly manifest: Manifest | null
}

const PLAYBACK_FOLDER = 'playback'

/** The recording of a review; null where none was made. */
export async function recordingOfReview(reviewId: string): Promise<Recording | null> {
  const recording = await recordingOf(reviewId)
  return recording && { ...recording, manifest: await readManifest(join(recording.folder, PLAYBACK_FOLDER)) }
}

/** A file that the manifest names, and nothing else below the folder. */
export function playableFile(
  recording: Recording,
  name: string
): { path: string; file: ManifestFile } | null {
  const files = recording.manifest?.participants.flatMap((participant) => participant.files) ?? []
  const file = files.find((one) => one.file === name)
  return file && !/[/\\]/.test(name) ? { path: join(recording.folder, PLAYBACK_FOLDER, name), file } : null
}

/** How a playable file stands against its manifest, without reading all of it. */
export async function standOf(path: string, file: ManifestFile): Promise<'whole' | 'altered' | 'missing'> {
  const size = await sizeOf(path)
  if (size === null) return 'missing'
  return size === file.bytes ? 'whole' : 'altered'
}

/** Null when there is no such file. */
export async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    }
  )
}

async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    return JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
