import { createHash, type Hash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { webmCluster, webmHeader, type MediaFrame, type TrackKind } from './webm_bytes.ts'

/** At most this much is lost by a `kill -9`. */
const CLUSTER_MS = 1000
const SEGMENT_MS = 10_000
/** Without a key frame for this long a video segment ends all the same. */
const LONGEST_SEGMENT_MS = 30_000

export interface WrittenSegment {
  file: string
  sha256: string
  bytes: number
  /** First and last frame, ms since the track's start. */
  fromMs: number
  toMs: number
  frames: number
}

interface OpenSegment {
  name: string
  file: Promise<FileHandle>
  hash: Hash
  bytes: number
  fromMs: number
  toMs: number
  frames: number
}

/**
 * Writes frames into segments of about ten seconds, in clusters of at most one. Memory holds one cluster; writing
 * and syncing are asynchronous and in order, so that the loop never waits for the disk.
 */
export class SegmentWriter {
  #folder: string
  #kind: TrackKind
  #onWritten: (segment: WrittenSegment) => void
  #onFailure: (error: unknown) => void
  #header: Uint8Array | null = null
  #segment: OpenSegment | null = null
  #count = 0
  #frames: MediaFrame[] = []
  #queue: Promise<void> = Promise.resolve()

  constructor(options: {
    folder: string
    kind: TrackKind
    onWritten: (segment: WrittenSegment) => void
    onFailure: (error: unknown) => void
  }) {
    this.#folder = options.folder
    this.#kind = options.kind
    this.#onWritten = options.onWritten
    this.#onFailure = options.onFailure
  }

  /** How far into the current segment a frame at this time would lie, in ms. */
  segmentAgeMs(timeMs: number): number {
    return this.#segment === null ? 0 : timeMs - this.#segment.fromMs
  }

  /** Takes the next frame; times must not decrease. `size` counts for the first frame of video. */
  write(frame: MediaFrame, size: { width: number; height: number }): void {
    const age = this.segmentAgeMs(frame.timeMs)
    const full = frame.keyFrame ? age >= SEGMENT_MS : age >= LONGEST_SEGMENT_MS
    if (full) this.#closeSegment()
    const first = this.#frames[0]
    if (first && frame.timeMs - first.timeMs >= CLUSTER_MS) this.flush()
    this.#header ??= webmHeader(this.#kind, size)
    this.#segment ??= this.#openSegment(frame.timeMs)
    this.#frames.push(frame)
  }

  /** Writes out what is in memory; called each second, so that a pause does not keep the last cluster. */
  flush(): void {
    const segment = this.#segment
    const first = this.#frames[0]
    if (segment === null || first === undefined) return
    const cluster = webmCluster(this.#frames)
    segment.toMs = this.#frames.at(-1)!.timeMs
    segment.frames += this.#frames.length
    this.#frames = []
    this.#append(segment, cluster)
  }

  /** Waits until everything flushed so far has been handed to the system. */
  settled(): Promise<void> {
    return this.#queue
  }

  async close(): Promise<void> {
    this.#closeSegment()
    await this.#queue
  }

  #openSegment(fromMs: number): OpenSegment {
    const name = `${String(this.#count).padStart(5, '0')}.webm`
    this.#count += 1
    const file = open(join(this.#folder, name), 'ax')
    // Reported where it is awaited, in the queue.
    file.catch(() => undefined)
    const segment: OpenSegment = {
      name,
      file,
      hash: createHash('sha256'),
      bytes: 0,
      fromMs,
      toMs: fromMs,
      frames: 0,
    }
    this.#append(segment, this.#header!)
    return segment
  }

  #append(segment: OpenSegment, bytes: Uint8Array): void {
    segment.hash.update(bytes)
    segment.bytes += bytes.length
    this.#enqueue(async () => {
      await (await segment.file).appendFile(bytes)
    })
  }

  #closeSegment(): void {
    this.flush()
    const segment = this.#segment
    if (segment === null) return
    this.#segment = null
    const { name: file, bytes, fromMs, toMs, frames } = segment
    const sha256 = segment.hash.digest('hex')
    this.#enqueue(async () => {
      const handle = await segment.file
      await handle.sync()
      await handle.close()
      this.#onWritten({ file, sha256, bytes, fromMs, toMs, frames })
    })
  }

  #enqueue(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work).catch((error) => this.#onFailure(error))
  }
}
