import { constants, inflateSync } from 'node:zlib'

const FLATE = new Set(['FlateDecode', 'Fl'])

/**
 * Unpacks a stream as far as its filters are Flate, which is what bombs are made of. `bytes` is null where
 * another filter stands before the content (images), `bomb` when a step passes `most` bytes. A damaged
 * stream gives null: readers show nothing of it either.
 */
export function unpack(
  raw: Uint8Array,
  filters: readonly string[],
  most: number
): { bytes: Uint8Array | null; bomb: boolean } {
  let bytes = raw
  for (const filter of filters) {
    if (!FLATE.has(filter)) return { bytes: null, bomb: false }
    try {
      bytes = inflateSync(bytes, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      return { bytes: null, bomb: code === 'ERR_BUFFER_TOO_LARGE' }
    }
  }
  return { bytes, bomb: false }
}
