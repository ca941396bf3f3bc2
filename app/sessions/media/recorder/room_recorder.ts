import { performance } from 'node:perf_hooks'
import type { RtpPacket } from 'werift'
import type { RecorderMessage } from './recorder_messages.ts'
import { RoomTracks } from './room_tracks.ts'
import { SignalClient } from './signal_client.ts'
import { SubscriberPeer } from './subscriber_peer.ts'
import type { OfferedTrack } from './subscriber_sdp.ts'
import type { EndReason } from './track_index.ts'
import { TrackRecorder } from './track_recorder.ts'

const TICK_MS = 10
/** Without a first answer by then the attempt has failed. */
const JOIN_WITHIN_MS = 10_000

/** Wall clock that does not step: an NTP correction in the middle of a meeting must not bend the recording. */
export function steadyNow(): number {
  return performance.timeOrigin + performance.now()
}

/** One stay in the room: from joining to being cut off or told to stop. */
export class RoomRecorder {
  /** Settles when the stay is over, with the reason; all files are closed then. */
  readonly finished: Promise<string>
  #tell: (message: RecorderMessage) => void
  #folder: string
  #signal: SignalClient
  #peer: SubscriberPeer
  #room = new RoomTracks()
  #offered: OfferedTrack[] = []
  #recorders = new Map<number, { trackSid: string; recorder: TrackRecorder }>()
  #closings = new Set<Promise<void>>()
  #timer: NodeJS.Timeout
  #joinTimer: NodeJS.Timeout
  #finish: (detail: string) => void = () => undefined
  #over = false

  constructor(options: {
    url: string
    token: string
    folder: string
    tell: (message: RecorderMessage) => void
  }) {
    this.#folder = options.folder
    this.#tell = options.tell
    this.finished = new Promise((resolve) => (this.#finish = resolve))
    this.#peer = new SubscriberPeer({
      tracks: (tracks) => this.#follow(tracks),
      packet: (ssrc, packet) => this.#receive(ssrc, packet),
      report: (ssrc, timestamp, publisherMs) => {
        this.#recorders.get(ssrc)?.recorder.receiveReport(timestamp, publisherMs, steadyNow())
      },
      candidate: (candidate) => this.#signal.candidate(candidate),
      failed: (detail) => void this.#end(detail, 'disconnected'),
    })
    this.#signal = new SignalClient(options.url, options.token, {
      joined: (join) => {
        clearTimeout(this.#joinTimer)
        this.#room.update(join.otherParticipants)
        this.#tell({ type: 'state', state: 'recording', at: steadyNow(), detail: join.room?.sid ?? '' })
      },
      participants: (participants) => {
        this.#room.update(participants)
        // An offer may come before the update that says whose track it is.
        for (const track of this.#offered) this.#begin(track)
        this.#applyMutes()
      },
      offer: (sdp, id) => this.#peer.offer(sdp, (answer) => this.#signal.answer(answer, id)),
      candidate: (candidate) => this.#peer.addCandidate(candidate),
      closed: (detail) => void this.#end(detail, 'disconnected'),
    })
    this.#timer = setInterval(() => this.#tick(), TICK_MS)
    this.#joinTimer = setTimeout(() => void this.#end('no answer to joining', 'disconnected'), JOIN_WITHIN_MS)
  }

  /** Leaves the room and closes all files. */
  async stop(): Promise<void> {
    await this.#end('stopped', 'stopped')
    await this.finished
  }

  #follow(tracks: OfferedTrack[]): void {
    this.#offered = tracks
    for (const [ssrc, { trackSid, recorder }] of this.#recorders) {
      if (tracks.some((track) => track.ssrc === ssrc && track.trackSid === trackSid)) continue
      this.#recorders.delete(ssrc)
      this.#close(recorder, this.#room.find(trackSid) === null ? 'left' : 'unpublished')
    }
    for (const track of tracks) this.#begin(track)
  }

  #begin(offered: OfferedTrack): void {
    if (this.#recorders.has(offered.ssrc)) return
    const published = this.#room.find(offered.trackSid)
    if (published === null) return
    const { identity, name, trackSid, source } = published
    const recorder = new TrackRecorder(
      {
        recordingFolder: this.#folder,
        identity,
        name,
        trackSid,
        source,
        onFailure: (error) => this.#tell({ type: 'write_failed', at: steadyNow(), detail: String(error) }),
        onSegment: (take, { file, sha256, bytes, fromMs, toMs }) => {
          this.#tell({ type: 'segment_written', take, file, sha256, bytes, fromMs, toMs })
        },
      },
      {
        requestPackets: (sequences) => this.#peer.requestPackets(offered.ssrc, sequences),
        requestKeyFrame: () => this.#peer.requestKeyFrame(offered.ssrc),
      },
      {
        started: (take, at) => this.#tell({ type: 'track_started', at, take, identity, trackSid, source }),
        ended: (take, at, reason) => this.#tell({ type: 'track_ended', at, take, identity, reason }),
        lost: (take, at, packets) => this.#tell({ type: 'loss', at, take, packets }),
      }
    )
    recorder.setMuted(published.muted, steadyNow())
    this.#recorders.set(offered.ssrc, { trackSid, recorder })
    if (offered.kind === 'video') this.#signal.wantBestLayer([trackSid])
  }

  #receive(ssrc: number, packet: RtpPacket): void {
    const { sequenceNumber, timestamp, marker } = packet.header
    const arrival = { sequence: sequenceNumber, timestamp, marker, payload: packet.payload }
    this.#recorders.get(ssrc)?.recorder.receive(arrival, steadyNow())
  }

  #applyMutes(): void {
    for (const { trackSid, recorder } of this.#recorders.values()) {
      const published = this.#room.find(trackSid)
      if (published !== null) recorder.setMuted(published.muted, steadyNow())
    }
  }

  #tick(): void {
    const now = steadyNow()
    for (const { recorder } of this.#recorders.values()) recorder.tick(now)
  }

  #close(recorder: TrackRecorder, reason: EndReason): void {
    const closing = recorder.close(reason, steadyNow()).catch((error) => {
      this.#tell({ type: 'write_failed', at: steadyNow(), detail: String(error) })
    })
    this.#closings.add(closing)
    void closing.finally(() => this.#closings.delete(closing))
  }

  async #end(detail: string, reason: EndReason): Promise<void> {
    if (this.#over) return
    this.#over = true
    clearInterval(this.#timer)
    clearTimeout(this.#joinTimer)
    this.#signal.close()
    for (const { recorder } of this.#recorders.values()) this.#close(recorder, reason)
    this.#recorders.clear()
    await Promise.all(this.#closings)
    await this.#peer.close()
    this.#finish(detail)
  }
}
