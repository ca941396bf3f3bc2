import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { SegmentWriter, type WrittenSegment } from './segment_writer.ts'
import { IndexFile, type EndReason, type IndexLine, type TrackSourceName } from './track_index.ts'
import { vp8Resolution } from './vp8.ts'
import type { MediaFrame, TrackKind } from './webm_bytes.ts'

export interface TakeDescription {
  identity: string
  name: string
  trackSid: string
  source: TrackSourceName
  demonstration?: true
}

export interface TakeOptions extends TakeDescription {
  /** Folder of the recording; the take gets one of its own below it. */
  recordingFolder: string
  /** Recorder's wall clock at the first frame, ms since 1970. */
  startedAtMs: number
  onSegment?: (take: string, segment: WrittenSegment) => void
  onFailure: (error: unknown) => void
}

/** Sounds are sources of their own; everything else is a picture. */
export function kindOf(source: TrackSourceName): TrackKind {
  return source === 'microphone' || source === 'screen_audio' ? 'audio' : 'video'
}

/**
 * One uninterrupted stretch of one track on disk: a folder with segments and `index.jsonl`. A recorder that was
 * killed, or a track that came back, begins another take: no file is ever continued.
 */
export class TakeWriter {
  /** Folder name: track and time of start. */
  readonly folder: string
  readonly kind: TrackKind
  #segments: SegmentWriter
  #index: IndexFile
  #lastMs = 0
  #size = { width: 0, height: 0 }

  constructor(options: TakeOptions) {
    this.kind = kindOf(options.source)
    this.folder = `${options.trackSid}-${Math.round(options.startedAtMs)}`
    const folder = join(options.recordingFolder, this.folder)
    mkdirSync(folder, { recursive: true })
    this.#index = new IndexFile(join(folder, 'index.jsonl'), options.onFailure)
    this.#segments = new SegmentWriter({
      folder,
      kind: this.kind,
      onFailure: options.onFailure,
      onWritten: (segment) => {
        this.#index.append({ type: 'segment', ...segment })
        options.onSegment?.(this.folder, segment)
      },
    })
    this.#index.append({
      type: 'start',
      version: 1,
      at: Math.round(options.startedAtMs),
      identity: options.identity,
      name: options.name,
      trackSid: options.trackSid,
      source: options.source,
      kind: this.kind,
      codec: this.kind === 'audio' ? 'opus' : 'vp8',
      ...(options.demonstration ? { demonstration: true } : {}),
    })
  }

  /** Takes the next frame; a time before the last one's is moved up to it. */
  write(frame: MediaFrame): void {
    this.#lastMs = Math.max(this.#lastMs, Math.round(frame.timeMs))
    const size = this.kind === 'video' ? vp8Resolution(frame.data) : null
    if (size !== null && (size.width !== this.#size.width || size.height !== this.#size.height)) {
      this.#size = size
      this.note({ type: 'resolution', media: this.#lastMs, ...size })
    }
    this.#segments.write({ ...frame, timeMs: this.#lastMs }, this.#size)
  }

  note(line: Exclude<IndexLine, { type: 'start' | 'segment' | 'end' }>): void {
    this.#index.append(line)
  }

  /** To be called each second. */
  flush(): void {
    this.#segments.flush()
  }

  /** For writers that are faster than time itself. */
  settled(): Promise<void> {
    return this.#segments.settled()
  }

  async close(atMs: number, reason: EndReason): Promise<void> {
    await this.#segments.close()
    this.#index.append({ type: 'end', at: Math.round(atMs), reason })
    await this.#index.close()
  }
}
