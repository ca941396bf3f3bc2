/** What the RTP payload descriptor says (RFC 7741, 4.2), and where the frame's bytes begin. */
export interface Vp8Payload {
  /** First packet of the frame: start of a partition, and that the first one. */
  startsFrame: boolean
  data: Uint8Array
}

/** Null for a payload that is cut short. */
export function parseVp8Payload(payload: Uint8Array): Vp8Payload | null {
  if (payload.length < 2) return null
  const first = payload[0]!
  let offset = 1
  if (first & 0x80) {
    const extension = payload[1]!
    offset = 2
    if (extension & 0x80) offset += payload[offset]! & 0x80 ? 2 : 1
    if (extension & 0x40) offset += 1
    if (extension & 0x30) offset += 1
  }
  if (offset >= payload.length) return null
  return { startsFrame: (first & 0x10) !== 0 && (first & 0x07) === 0, data: payload.subarray(offset) }
}

/** RFC 6386, 9.1: the lowest bit of the first byte is 0 in a key frame. */
export function isVp8KeyFrame(frame: Uint8Array): boolean {
  return frame.length > 0 && (frame[0]! & 1) === 0
}

/** Width and height in pixels of a key frame; null for anything else. */
export function vp8Resolution(frame: Uint8Array): { width: number; height: number } | null {
  if (!isVp8KeyFrame(frame) || frame.length < 10) return null
  if (frame[3] !== 0x9d || frame[4] !== 0x01 || frame[5] !== 0x2a) return null
  return {
    width: (frame[6]! | (frame[7]! << 8)) & 0x3fff,
    height: (frame[8]! | (frame[9]! << 8)) & 0x3fff,
  }
}
