import type { ImageType } from './limits.ts'

export type ImageHead = { type: ImageType; width: number; height: number }

/**
 * What a file says it is, before anything of it is decoded: by its first bytes, never by its name. Null when it is
 * neither a JPEG (ITU-T T.81) nor a PNG (ISO/IEC 15948). Width and height in pixels.
 */
export function imageHead(bytes: Uint8Array): ImageHead | null {
  return pngHead(bytes) ?? jpegHead(bytes)
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

function pngHead(bytes: Uint8Array): ImageHead | null {
  if (bytes.length < 33 || PNG.some((byte, index) => bytes[index] !== byte)) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // The first chunk is IHDR, with 13 bytes.
  if (view.getUint32(8) !== 13 || view.getUint32(12) !== 0x49484452) return null
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
}

function jpegHead(bytes: Uint8Array): ImageHead | null {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== 0xd8) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 2
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker))
      return { type: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    // Start of scan or end of image before any frame.
    if (marker === 0xda || marker === 0xd9) return null
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

/** SOF0 to SOF15, without DHT (C4), JPG (C8) and DAC (CC), which share the range. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}
