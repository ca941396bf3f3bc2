/** Checkpoints (C2SP tlog-checkpoint): origin, tree size and root as the text of a note. */
import { EncodingError, toBase64 } from '../bytes.ts'
import { fail, ok, type Result } from '../result.ts'
import { decodeBase64 } from './note.ts'

export type Checkpoint = {
  readonly origin: string
  /** A safe integer. */
  readonly size: number
  readonly root: Uint8Array
  readonly extensions: readonly string[]
}

const SIZE = /^(?:0|[1-9]\d{0,15})$/

/** A size as the formats spell it: decimal, no leading zero; undefined for anything else or past 2^53. */
export function parseSize(text: string): number | undefined {
  const size = Number(text)
  return SIZE.test(text) && Number.isSafeInteger(size) ? size : undefined
}

/** A hash of 32 bytes in base64. */
export function parseHash(text: string): Uint8Array | undefined {
  const hash = decodeBase64(text)
  return hash?.length === 32 ? hash : undefined
}

export function parseCheckpoint(text: string): Result<Checkpoint, { code: 'checkpoint_malformed' }> {
  if (!text.endsWith('\n')) return fail({ code: 'checkpoint_malformed' })
  const lines = text.slice(0, -1).split('\n')
  const [origin = '', sizeLine = '', rootLine = '', ...extensions] = lines
  const size = parseSize(sizeLine)
  const root = parseHash(rootLine)
  if (lines.includes('') || size === undefined || !root) return fail({ code: 'checkpoint_malformed' })
  return ok({ origin, size, root, extensions })
}

/** The text of the note, without extension lines: nobody could audit them. */
export function formatCheckpoint({ origin, size, root }: Omit<Checkpoint, 'extensions'>): string {
  const text = `${origin}\n${size}\n${toBase64(root)}\n`
  if (!parseCheckpoint(text).ok) throw new EncodingError('not_a_checkpoint')
  return text
}
