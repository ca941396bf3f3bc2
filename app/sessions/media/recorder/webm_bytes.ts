import { OPUS_HEAD } from './opus.ts'

/** Element ids of Matroska (RFC 9559) that the recorder writes and reads. */
export const ID = {
  ebml: 0x1a45dfa3,
  segment: 0x18538067,
  info: 0x1549a966,
  tracks: 0x1654ae6b,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
} as const

export type TrackKind = 'audio' | 'video'

export interface MediaFrame {
  /** Milliseconds since the track's start. */
  timeMs: number
  keyFrame: boolean
  data: Uint8Array
}

/** A block's time is a signed 16-bit distance in ms from its cluster's. */
export const LONGEST_CLUSTER_MS = 32_767
const TRACK_NUMBER = 1

/** Everything before the first cluster: the same in each segment of a track, so that segments can be joined. */
export function webmHeader(kind: TrackKind, size: { width: number; height: number }): Uint8Array {
  const track =
    kind === 'audio'
      ? [
          text(0x86, 'A_OPUS'),
          element(0x63a2, OPUS_HEAD),
          element(0xe1, concat([element(0xb5, float64(48_000)), unsigned(0x9f, 2)])),
        ]
      : [
          text(0x86, 'V_VP8'),
          element(0xe0, concat([unsigned(0xb0, size.width), unsigned(0xba, size.height)])),
        ]
  const entry = concat([
    unsigned(0xd7, TRACK_NUMBER),
    unsigned(0x73c5, TRACK_NUMBER),
    unsigned(0x83, kind === 'audio' ? 2 : 1),
    unsigned(0x9c, 0),
    ...track,
  ])
  return concat([
    element(
      ID.ebml,
      concat([
        unsigned(0x4286, 1),
        unsigned(0x42f7, 1),
        unsigned(0x42f2, 4),
        unsigned(0x42f3, 8),
        text(0x4282, 'webm'),
        unsigned(0x4287, 4),
        unsigned(0x4285, 2),
      ])
    ),
    idBytes(ID.segment),
    // Unknown size: the segment is written as it happens and never touched again.
    Uint8Array.of(0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
    element(
      ID.info,
      concat([unsigned(0x2ad7b1, 1_000_000), text(0x4d80, 'lunzheng'), text(0x5741, 'lunzheng')])
    ),
    element(ID.tracks, element(0xae, entry)),
  ])
}

/** One cluster of known size with absolute times. Frames must lie within 32 s of the first. */
export function webmCluster(frames: readonly MediaFrame[]): Uint8Array {
  const start = Math.min(...frames.map((frame) => frame.timeMs))
  const blocks = frames.map((frame) => {
    const distance = frame.timeMs - start
    if (distance > LONGEST_CLUSTER_MS) throw new RangeError(`a block ${distance} ms into its cluster`)
    const head = Uint8Array.of(0x80 | TRACK_NUMBER, distance >> 8, distance & 0xff, frame.keyFrame ? 0x80 : 0)
    return element(ID.simpleBlock, concat([head, frame.data]))
  })
  return element(ID.cluster, concat([unsigned(ID.timestamp, start), ...blocks]))
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

function element(id: number, content: Uint8Array): Uint8Array {
  return concat([idBytes(id), sizeBytes(content.length), content])
}

function unsigned(id: number, value: number): Uint8Array {
  return element(id, bigEndian(value))
}

function text(id: number, value: string): Uint8Array {
  return element(id, new TextEncoder().encode(value))
}

function idBytes(id: number): Uint8Array {
  return bigEndian(id)
}

/** Sizes up to 2^28 − 2 bytes: a cluster holds a second. */
function sizeBytes(size: number): Uint8Array {
  if (size < 0x7f) return Uint8Array.of(0x80 | size)
  if (size < 0x3fff) return Uint8Array.of(0x40 | (size >> 8), size & 0xff)
  if (size < 0xfffffff) {
    return Uint8Array.of(0x10 | (size >> 24), (size >> 16) & 0xff, (size >> 8) & 0xff, size & 0xff)
  }
  throw new RangeError(`an element of ${size} bytes`)
}

function bigEndian(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  do {
    bytes.unshift(rest % 256)
    rest = Math.floor(rest / 256)
  } while (rest > 0)
  return Uint8Array.from(bytes)
}

function float64(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value)
  return bytes
}
