/** Frame sizes in ms by configuration number (RFC 6716, table 2): SILK, hybrid and CELT in turn. */
const SILK = [10, 20, 40, 60]
const HYBRID = [10, 20]
const CELT = [2.5, 5, 10, 20]

/** How long an Opus packet plays, in ms, from its table-of-contents byte; 0 for an empty packet. */
export function opusDurationMs(packet: Uint8Array): number {
  const toc = packet[0]
  if (toc === undefined) return 0
  return frameSizeMs(toc >> 3) * frameCount(toc & 3, packet[1])
}

function frameSizeMs(configuration: number): number {
  if (configuration < 12) return SILK[configuration % 4]!
  if (configuration < 16) return HYBRID[configuration % 2]!
  return CELT[configuration % 4]!
}

function frameCount(code: number, second: number | undefined): number {
  if (code === 0) return 1
  if (code < 3) return 2
  return (second ?? 0) & 0x3f
}

/** 20 ms of silence: one CELT frame over the whole band that carries nothing. */
export const OPUS_SILENCE = Uint8Array.of(0xf8, 0xff, 0xfe)
export const OPUS_SILENCE_MS = 20

/** Identification header (RFC 7845, 5.1): version 1, stereo, no skip, 48 kHz, no gain, one stream. */
export const OPUS_HEAD = Uint8Array.of(
  ...new TextEncoder().encode('OpusHead'),
  ...[1, 2, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0]
)
