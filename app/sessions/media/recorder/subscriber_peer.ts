import {
  GenericNack,
  PictureLossIndication,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  RtcpPayloadSpecificFeedback,
  RtcpSrPacket,
  RtcpTransportLayerFeedback,
  type RtcpPacket,
  type RTCDtlsTransport,
  type RtpPacket,
} from 'werift'
import { offeredTracks, type OfferedTrack } from './subscriber_sdp.ts'

export interface PeerEvents {
  /** The tracks of the latest offer, after it was answered. */
  tracks: (tracks: OfferedTrack[]) => void
  packet: (ssrc: number, packet: RtpPacket) => void
  /** `publisherMs`: NTP time of the report as ms since 1970. */
  report: (ssrc: number, rtpTimestamp: number, publisherMs: number) => void
  candidate: (candidateInit: string) => void
  failed: (detail: string) => void
}

/** From the NTP era of 1900 to 1970 (RFC 5905). */
const NTP_EPOCH_SECONDS = 2_208_988_800

/**
 * The receiving peer connection. Packets are taken from the transport and told apart by SSRC here, since m-lines
 * are reused. werift's own requests for lost packets are for video only and end after 60 ms: the reorder buffer asks
 * for as long as it waits.
 */
export class SubscriberPeer {
  #events: PeerEvents
  #connection: RTCPeerConnection
  #transport: RTCDtlsTransport | null = null
  #bySsrc = new Map<number, OfferedTrack>()
  #byRtx = new Map<number, OfferedTrack>()
  /** Offers and candidates strictly one after the other. */
  #work: Promise<void> = Promise.resolve()

  constructor(events: PeerEvents) {
    this.#events = events
    this.#connection = new RTCPeerConnection({
      // Its default is a public STUN server.
      iceServers: [],
      iceUseIpv6: false,
      bundlePolicy: 'max-bundle',
      codecs: {
        audio: [codec('audio/opus', 111, 48_000, ['nack'], 2)],
        // No RED: the server unwraps it. No REMB and no transport-cc: no bandwidth limit.
        video: [
          codec('video/VP8', 96, 90_000, ['nack', 'nack pli']),
          new RTCRtpCodecParameters({
            mimeType: 'video/rtx',
            clockRate: 90_000,
            payloadType: 97,
            parameters: 'apt=96',
          }),
        ],
      },
    })
    this.#connection.onIceCandidate.subscribe((candidate) => {
      if (candidate) this.#events.candidate(JSON.stringify(candidate.toJSON()))
    })
    this.#connection.connectionStateChange.subscribe((state) => {
      if (state === 'failed' || state === 'closed') this.#events.failed(`peer connection ${state}`)
    })
  }

  /** Answers an offer; `reply` gets the SDP to send. */
  offer(sdp: string, reply: (answer: string) => void): void {
    this.#enqueue(async () => {
      await this.#connection.setRemoteDescription({ type: 'offer', sdp })
      this.#listen()
      const answer = await this.#connection.createAnswer()
      this.#route(offeredTracks(sdp))
      await this.#connection.setLocalDescription(answer)
      reply(this.#connection.localDescription?.sdp ?? answer.sdp)
      this.#events.tracks([...this.#bySsrc.values()])
    })
  }

  addCandidate(candidateInit: string): void {
    this.#enqueue(async () => {
      await this.#connection.addIceCandidate(JSON.parse(candidateInit))
    })
  }

  requestPackets(ssrc: number, sequences: number[]): void {
    this.#send(
      new RtcpTransportLayerFeedback({
        feedback: new GenericNack({
          senderSsrc: 1,
          mediaSourceSsrc: ssrc,
          lost: sequences.sort((a, b) => a - b),
        }),
      })
    )
  }

  requestKeyFrame(ssrc: number): void {
    this.#send(
      new RtcpPayloadSpecificFeedback({
        feedback: new PictureLossIndication({ senderSsrc: 1, mediaSsrc: ssrc }),
      })
    )
  }

  async close(): Promise<void> {
    this.#connection.connectionStateChange.allUnsubscribe()
    await this.#connection.close()
  }

  #listen(): void {
    const transport = this.#connection.dtlsTransports[0]
    if (this.#transport !== null || transport === undefined) return
    this.#transport = transport
    transport.onRtp.subscribe((packet) => this.#receive(packet))
    transport.onRtcp.subscribe((packet) => {
      if (!(packet instanceof RtcpSrPacket)) return
      const { ntpTimestamp, rtpTimestamp } = packet.senderInfo
      this.#events.report(packet.ssrc, rtpTimestamp, ntpToUnixMs(ntpTimestamp))
    })
  }

  #route(tracks: OfferedTrack[]): void {
    this.#bySsrc = new Map(tracks.map((track) => [track.ssrc, track]))
    this.#byRtx = new Map(
      tracks.filter((track) => track.rtxSsrc !== null).map((track) => [track.rtxSsrc!, track])
    )
  }

  #receive(packet: RtpPacket): void {
    const { header } = packet
    const original = this.#byRtx.get(header.ssrc)
    if (original === undefined) return this.#events.packet(header.ssrc, packet)
    // RFC 4588, 4: the first two bytes are the original sequence number. Shorter ones are padding.
    if (packet.payload.length <= 2) return
    header.sequenceNumber = packet.payload.readUInt16BE(0)
    packet.payload = packet.payload.subarray(2)
    this.#events.packet(original.ssrc, packet)
  }

  #send(packet: RtcpPacket): void {
    // Fails while the connection is being set up or gone: the next tick asks again.
    this.#transport?.sendRtcp([packet]).catch(() => undefined)
  }

  #enqueue(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error) => this.#events.failed(String(error)))
  }
}

function codec(
  mimeType: string,
  payloadType: number,
  clockRate: number,
  feedback: string[],
  channels?: number
) {
  return new RTCRtpCodecParameters({
    mimeType,
    payloadType,
    clockRate,
    channels,
    rtcpFeedback: feedback.map((one) => {
      const [type = '', parameter] = one.split(' ')
      return parameter === undefined ? { type } : { type, parameter }
    }),
  })
}

function ntpToUnixMs(ntp: bigint): number {
  const seconds = Number(ntp >> 32n) - NTP_EPOCH_SECONDS
  return seconds * 1000 + (Number(ntp & 0xffff_ffffn) / 2 ** 32) * 1000
}
