import { open, type FileHandle } from 'node:fs/promises'
import type { TrackKind } from './webm_bytes.ts'

export type TrackSourceName = 'camera' | 'microphone' | 'screen' | 'screen_audio'

/**
 * The lines of `index.jsonl`. `at` is the recorder's wall clock in ms since 1970, `media` is ms since the track's
 * start in the publisher's RTP clock (the time in the segments).
 */
export type IndexLine =
  | {
      type: 'start'
      version: 1
      at: number
      identity: string
      name: string
      trackSid: string
      source: TrackSourceName
      kind: TrackKind
      codec: 'opus' | 'vp8'
      /** 演示: made from generated frames, not of a meeting. */
      demonstration?: true
    }
  /** The least (arrival − media) within a second: the lower envelope of the network's delay. */
  | { type: 'anchor'; media: number; least: number }
  /** An RTCP sender report: `publisher` is the publisher's wall clock in ms, `at` its arrival. */
  | { type: 'report'; at: number; media: number; publisher: number }
  | { type: 'muted'; at: number }
  | { type: 'unmuted'; at: number }
  | { type: 'resolution'; media: number; width: number; height: number }
  | { type: 'loss'; at: number; media: number; packets: number }
  | {
      type: 'segment'
      file: string
      sha256: string
      bytes: number
      fromMs: number
      toMs: number
      frames: number
    }
  | { type: 'end'; at: number; reason: EndReason }

export type EndReason = 'unpublished' | 'left' | 'disconnected' | 'stopped'

/** An append-only file of JSON lines; appends are queued and never wait for the disk. */
export class IndexFile {
  #file: Promise<FileHandle>
  #queue: Promise<void> = Promise.resolve()
  #pending: string[] = []
  #onFailure: (error: unknown) => void

  constructor(path: string, onFailure: (error: unknown) => void) {
    this.#file = open(path, 'ax')
    // Reported where it is awaited, in the queue.
    this.#file.catch(() => undefined)
    this.#onFailure = onFailure
  }

  append(line: IndexLine): void {
    this.#pending.push(`${JSON.stringify(line)}\n`)
    if (this.#pending.length > 1) return
    this.#queue = this.#queue
      .then(async () => {
        const text = this.#pending.join('')
        this.#pending = []
        await (await this.#file).appendFile(text)
      })
      .catch(this.#onFailure)
  }

  async close(): Promise<void> {
    await this.#queue
    const file = await this.#file
    await file.sync()
    await file.close()
  }
}
