import {
  LeaveRequest,
  SessionDescription,
  SignalRequest,
  SignalResponse,
  SignalTarget,
  TrickleRequest,
  UpdateTrackSettings,
  VideoQuality,
  type JoinResponse,
  type ParticipantInfo,
} from '@livekit/protocol'

export interface SignalEvents {
  joined: (join: JoinResponse) => void
  participants: (participants: ParticipantInfo[]) => void
  offer: (sdp: string, id: number) => void
  candidate: (candidateInit: string) => void
  /** The connection is over, for whatever reason; called once. */
  closed: (detail: string) => void
}

const PROTOCOL = 16
/** Pings without an answer for this many intervals mean that the line is dead. */
const SILENT_INTERVALS = 3

/** LiveKit's signalling over a WebSocket, as far as a subscriber needs it. */
export class SignalClient {
  #socket: WebSocket
  #events: SignalEvents
  #ping: NodeJS.Timeout | null = null
  #heardMs = Date.now()
  #over = false

  constructor(url: string, token: string, events: SignalEvents) {
    this.#events = events
    const query = new URLSearchParams({
      access_token: token,
      auto_subscribe: '1',
      protocol: String(PROTOCOL),
      sdk: 'node',
    })
    this.#socket = new WebSocket(`${url.replace(/\/$/, '')}/rtc?${query}`)
    this.#socket.binaryType = 'arraybuffer'
    this.#socket.addEventListener('message', (event) => this.#receive(new Uint8Array(event.data)))
    this.#socket.addEventListener('close', (event) => this.#end(`signal connection closed (${event.code})`))
    this.#socket.addEventListener('error', () => this.#end('signal connection failed'))
  }

  answer(sdp: string, id: number): void {
    this.#send({ case: 'answer', value: new SessionDescription({ type: 'answer', sdp, id }) })
  }

  candidate(candidateInit: string): void {
    this.#send({
      case: 'trickle',
      value: new TrickleRequest({ candidateInit, target: SignalTarget.SUBSCRIBER }),
    })
  }

  /** Asks for the largest layer of these tracks. */
  wantBestLayer(trackSids: string[]): void {
    this.#send({
      case: 'trackSetting',
      value: new UpdateTrackSettings({ trackSids, quality: VideoQuality.HIGH }),
    })
  }

  close(): void {
    this.#send({ case: 'leave', value: new LeaveRequest() })
    this.#end('left')
  }

  #send(message: SignalRequest['message']): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return
    this.#socket.send(Uint8Array.from(new SignalRequest({ message }).toBinary()))
  }

  #receive(bytes: Uint8Array): void {
    this.#heardMs = Date.now()
    const { message } = SignalResponse.fromBinary(bytes)
    switch (message.case) {
      case 'join':
        this.#startPings(message.value.pingInterval)
        this.#events.joined(message.value)
        return
      case 'update':
        return this.#events.participants(message.value.participants)
      case 'offer':
        return this.#events.offer(message.value.sdp, message.value.id)
      case 'trickle':
        if (message.value.target === SignalTarget.SUBSCRIBER)
          this.#events.candidate(message.value.candidateInit)
        return
      case 'leave':
        return this.#end(`sent out by the server (reason ${message.value.reason})`)
    }
  }

  #startPings(intervalSeconds: number): void {
    const intervalMs = Math.max(1, intervalSeconds) * 1000
    this.#ping = setInterval(() => {
      if (Date.now() - this.#heardMs > SILENT_INTERVALS * intervalMs) return this.#end('no answer to pings')
      this.#send({ case: 'ping', value: BigInt(Date.now()) })
    }, intervalMs)
  }

  #end(detail: string): void {
    if (this.#over) return
    this.#over = true
    if (this.#ping) clearInterval(this.#ping)
    this.#socket.close()
    this.#events.closed(detail)
  }
}
