import { parseVp8Payload, vp8Resolution } from './vp8.ts'
import type { TrackKind } from './webm_bytes.ts'

const SILENCE_LENGTH = 80

/** The Opus silence that livekit-server sends in place of a muted microphone: `f8 ff fe` and zeros, 80 bytes. */
export function isServerSilence(frame: Uint8Array): boolean {
  if (frame.length !== SILENCE_LENGTH) return false
  if (frame[0] !== 0xf8 || frame[1] !== 0xff || frame[2] !== 0xfe) return false
  return frame.subarray(3).every((byte) => byte === 0)
}

/** The key frame of 8×8 pixels that livekit-server sends when a track stops. */
export function isServerBlank(frame: Uint8Array): boolean {
  const resolution = vp8Resolution(frame)
  return resolution !== null && resolution.width === 8 && resolution.height === 8
}

/** Whether an RTP payload is one of the server's own: its arrival says nothing about the publisher's clock. */
export function isServerPayload(kind: TrackKind, payload: Uint8Array): boolean {
  if (payload.length === 0) return true
  if (kind === 'audio') return isServerSilence(payload)
  const parsed = parseVp8Payload(payload)
  return parsed !== null && parsed.startsFrame && isServerBlank(parsed.data)
}
