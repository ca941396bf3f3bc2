import { isServerBlank, isServerSilence } from './server_blanks.ts'
import { isVp8KeyFrame, parseVp8Payload } from './vp8.ts'
import { concat } from './webm_bytes.ts'

export interface RtpPayload {
  /** Unwrapped RTP time. */
  rtpTime: number
  marker: boolean
  payload: Uint8Array
}

export interface WholeFrame {
  rtpTime: number
  keyFrame: boolean
  data: Uint8Array
}

export interface FrameAssembler {
  /** Takes packets in order; gives a frame when one is complete. */
  push(packet: RtpPayload, lostBefore: number): WholeFrame | null
  /** Video that waits for a key frame: nothing decodes until one comes. */
  readonly needsKeyFrame: boolean
}

/** Opus: a packet is a frame. Padding and the server's own silence are left out. */
export class OpusAssembler implements FrameAssembler {
  readonly needsKeyFrame = false

  push(packet: RtpPayload): WholeFrame | null {
    if (packet.payload.length === 0 || isServerSilence(packet.payload)) return null
    return { rtpTime: packet.rtpTime, keyFrame: true, data: packet.payload }
  }
}

/**
 * VP8: packets of one time stamp make a frame. After a loss everything up to the next key frame is dropped, since
 * it would be decoded to rubbish.
 */
export class Vp8Assembler implements FrameAssembler {
  #parts: Uint8Array[] = []
  #rtpTime = 0
  #waitsForKeyFrame = true

  get needsKeyFrame(): boolean {
    return this.#waitsForKeyFrame
  }

  push(packet: RtpPayload, lostBefore: number): WholeFrame | null {
    if (lostBefore > 0) {
      this.#parts = []
      this.#waitsForKeyFrame = true
    }
    const parsed = parseVp8Payload(packet.payload)
    if (parsed === null) return null
    if (parsed.startsFrame && (this.#parts.length === 0 || packet.rtpTime !== this.#rtpTime)) {
      this.#parts = [parsed.data]
      this.#rtpTime = packet.rtpTime
    } else if (this.#parts.length > 0 && packet.rtpTime === this.#rtpTime) {
      this.#parts.push(parsed.data)
    } else {
      // The middle of a frame whose beginning is not there.
      this.#waitsForKeyFrame = true
      return null
    }
    return packet.marker ? this.#finish() : null
  }

  #finish(): WholeFrame | null {
    const data = concat(this.#parts)
    this.#parts = []
    if (isServerBlank(data)) {
      this.#waitsForKeyFrame = true
      return null
    }
    const keyFrame = isVp8KeyFrame(data)
    if (this.#waitsForKeyFrame && !keyFrame) return null
    this.#waitsForKeyFrame = false
    return { rtpTime: this.#rtpTime, keyFrame, data }
  }
}
