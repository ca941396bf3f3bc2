/** What an uploaded plan may be at most. All sizes in bytes, times in milliseconds. */
export const INTAKE_LIMITS = {
  /** 300 MB in the sense of operating systems that count 1,048,576. */
  fileBytes: 300 * 1_048_576,
  pages: 3000,
  /** One stream unpacked. The densest honest drawing seen is below a tenth of this. */
  streamBytes: 256 * 1_048_576,
  /** All streams but images unpacked. */
  totalBytes: 2048 * 1_048_576,
  imagePixels: 400_000_000,
  objects: 2_000_000,
  checkMs: 180_000,
  /** Memory of the checking process beyond twice the file. */
  memoryBytes: 1_200 * 1_048_576,
} as const

export type IntakeLimits = { readonly [name in keyof typeof INTAKE_LIMITS]: number }

/** Why a file is not taken in, as a code with figures; the page words it. */
export type IntakeRefusal =
  | { code: 'not_pdf' }
  | { code: 'truncated' }
  | { code: 'encrypted' }
  | { code: 'active_content'; found: string[] }
  | { code: 'too_many_pages'; pages: number; most: number }
  | { code: 'too_large'; size: number; most: number }
  | { code: 'bomb'; object: number | null }
  | { code: 'unreadable'; page: number | null }
  | { code: 'no_pages' }
  | { code: 'too_heavy' }
