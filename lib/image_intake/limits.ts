/** Bounds of a photograph; beyond them it is refused, not scaled. */
export const IMAGE_LIMITS = {
  fileBytes: 12 * 1_048_576,
  /** Each side, in pixels. */
  side: 12_000,
  /** Decoded, four bytes each. */
  pixels: 60_000_000,
  /** How long a file may take to decode before it is given up (machine time). */
  checkMs: 20_000,
} as const

export type ImageType = 'image/jpeg' | 'image/png'

export type CheckedImage =
  { ok: true; type: ImageType; width: number; height: number } | { ok: false; refusal: ImageRefusal }

export type ImageRefusal =
  | { code: 'not_an_image' | 'unreadable' }
  | { code: 'too_large'; size: number; most: number }
  | { code: 'too_many_pixels'; width: number; height: number; most: number }
