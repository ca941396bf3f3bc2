import {
  OpusAssembler,
  Vp8Assembler,
  type FrameAssembler,
  type RtpPayload,
  type WholeFrame,
} from './frame_assembler.ts'
import { ReorderBuffer } from './reorder_buffer.ts'
import { Unwrapper } from './rtp_unwrap.ts'
import { isServerPayload } from './server_blanks.ts'
import { kindOf, TakeWriter, type TakeOptions } from './take_writer.ts'
import type { EndReason } from './track_index.ts'
import type { TrackKind } from './webm_bytes.ts'

export interface RtpArrival {
  sequence: number
  timestamp: number
  marker: boolean
  payload: Uint8Array
}

export interface TrackEvents {
  started: (take: string, atMs: number) => void
  ended: (take: string, atMs: number, reason: EndReason) => void
  lost: (take: string, atMs: number, packets: number) => void
}

export interface TrackFeedback {
  /** RTCP NACK for these 16-bit sequence numbers. */
  requestPackets: (sequences: number[]) => void
  /** RTCP PLI. */
  requestKeyFrame: () => void
}

/** Chromium sends key frames only when asked; this is what keeps a seek under half a second. */
const KEY_FRAME_EVERY_MS = 2000
const KEY_FRAME_RETRY_MS = 500
const ANCHOR_EVERY_MS = 1000
const AUDIO_CLOCK = 48
const VIDEO_CLOCK = 90

/** One subscribed track: packets in, take on disk, requests for what is missing out. Times are wall clock in ms. */
export class TrackRecorder {
  #options: Omit<TakeOptions, 'startedAtMs'>
  #feedback: TrackFeedback
  #events: TrackEvents
  #sequences = new Unwrapper(16)
  #times = new Unwrapper(32)
  #reorder: ReorderBuffer<RtpPayload>
  #assembler: FrameAssembler
  #kind: TrackKind
  #ticksPerMs: number
  #take: TakeWriter | null = null
  #firstRtpTime = 0
  #anchor: { sinceMs: number; media: number; least: number } | null = null
  #muted = false
  #askedMs = -Infinity
  #flushedMs = 0
  #nowMs = 0
  #closed = false

  constructor(options: Omit<TakeOptions, 'startedAtMs'>, feedback: TrackFeedback, events: TrackEvents) {
    this.#options = options
    this.#feedback = feedback
    this.#events = events
    this.#kind = kindOf(options.source)
    const audio = this.#kind === 'audio'
    this.#ticksPerMs = audio ? AUDIO_CLOCK : VIDEO_CLOCK
    this.#assembler = audio ? new OpusAssembler() : new Vp8Assembler()
    this.#reorder = new ReorderBuffer<RtpPayload>({
      deliver: (packet, lost) => this.#deliver(packet, lost),
      request: (sequences) => this.#feedback.requestPackets(sequences.map((one) => one % 65_536)),
    })
  }

  get identity(): string {
    return this.#options.identity
  }

  receive(packet: RtpArrival, nowMs: number): void {
    if (this.#closed) return
    this.#nowMs = nowMs
    const rtpTime = this.#times.unwrap(packet.timestamp)
    if (!isServerPayload(this.#kind, packet.payload)) this.#noteAnchor(rtpTime, nowMs)
    const { marker, payload } = packet
    this.#reorder.push(this.#sequences.unwrap(packet.sequence), { rtpTime, marker, payload })
  }

  /** `publisherMs`: the report's NTP time as ms since 1970. */
  receiveReport(timestamp: number, publisherMs: number, nowMs: number): void {
    if (this.#take === null) return
    const media = this.#mediaMs(this.#times.unwrap(timestamp))
    this.#take.note({ type: 'report', at: round(nowMs), media: round(media), publisher: round(publisherMs) })
  }

  setMuted(muted: boolean, nowMs: number): void {
    if (muted === this.#muted) return
    this.#muted = muted
    this.#take?.note({ type: muted ? 'muted' : 'unmuted', at: round(nowMs) })
  }

  /** To be called every 10 to 20 ms. */
  tick(nowMs: number): void {
    this.#nowMs = nowMs
    this.#reorder.tick(nowMs)
    this.#askForKeyFrame(nowMs)
    if (nowMs - this.#flushedMs < 1000) return
    this.#flushedMs = nowMs
    this.#take?.flush()
  }

  async close(reason: EndReason, nowMs: number): Promise<void> {
    if (this.#closed) return
    this.#reorder.flush()
    this.#closed = true
    this.#writeAnchor()
    const take = this.#take
    if (take === null) return
    await take.close(nowMs, reason)
    this.#events.ended(take.folder, nowMs, reason)
  }

  #askForKeyFrame(nowMs: number): void {
    if (this.#kind === 'audio' || this.#muted) return
    const wait = this.#assembler.needsKeyFrame ? KEY_FRAME_RETRY_MS : KEY_FRAME_EVERY_MS
    if (nowMs - this.#askedMs < wait) return
    this.#askedMs = nowMs
    this.#feedback.requestKeyFrame()
  }

  #deliver(packet: RtpPayload, lost: number): void {
    const frame = this.#assembler.push(packet, lost)
    if (lost > 0 && this.#take !== null) {
      this.#take.note({
        type: 'loss',
        at: round(this.#nowMs),
        media: round(this.#mediaMs(packet.rtpTime)),
        packets: lost,
      })
      this.#events.lost(this.#take.folder, this.#nowMs, lost)
      this.#askedMs = Math.min(this.#askedMs, this.#nowMs - KEY_FRAME_RETRY_MS)
    }
    if (frame !== null) this.#write(frame)
  }

  #write(frame: WholeFrame): void {
    if (this.#take === null) {
      this.#firstRtpTime = frame.rtpTime
      this.#anchor = null
      this.#take = new TakeWriter({ ...this.#options, startedAtMs: this.#nowMs })
      this.#events.started(this.#take.folder, this.#nowMs)
      this.#noteAnchor(frame.rtpTime, this.#nowMs)
    }
    this.#take.write({ timeMs: this.#mediaMs(frame.rtpTime), keyFrame: frame.keyFrame, data: frame.data })
  }

  #mediaMs(rtpTime: number): number {
    return (rtpTime - this.#firstRtpTime) / this.#ticksPerMs
  }

  #noteAnchor(rtpTime: number, nowMs: number): void {
    if (this.#take === null) return
    const media = this.#mediaMs(rtpTime)
    const delay = nowMs - media
    if (this.#anchor !== null && nowMs - this.#anchor.sinceMs >= ANCHOR_EVERY_MS) this.#writeAnchor()
    if (this.#anchor === null) {
      this.#anchor = { sinceMs: nowMs, media, least: delay }
    } else if (delay < this.#anchor.least) {
      this.#anchor.least = delay
      this.#anchor.media = media
    }
  }

  #writeAnchor(): void {
    const anchor = this.#anchor
    this.#anchor = null
    if (anchor === null || this.#take === null) return
    this.#take.note({ type: 'anchor', media: round(anchor.media), least: round(anchor.least) })
  }
}

/** Tenths of a millisecond are finer than anything that is measured here. */
function round(ms: number): number {
  return Math.round(ms * 10) / 10
}
