/** The body of a witness's add-checkpoint (C2SP tlog-witness). */
import { toBase64 } from '../bytes.ts'
import { fail, ok, type Result } from '../result.ts'
import { parseHash, parseSize } from './checkpoint.ts'
import { decodeUtf8 } from './note.ts'

export const ADD_CHECKPOINT_PATH = '/add-checkpoint'
/** Of the answer that names the size the witness has seen. */
export const SIZE_CONTENT_TYPE = 'text/x.tlog.size'
const MAX_PROOF = 63

export type AddCheckpoint = {
  /** Size of the last checkpoint that the witness cosigned. */
  readonly old: number
  readonly proof: readonly Uint8Array[]
  /** The signed note verbatim. */
  readonly checkpoint: string
}

export function formatAddCheckpoint({ old, proof, checkpoint }: AddCheckpoint): string {
  return [`old ${old}`, ...proof.map(toBase64), '', checkpoint].join('\n')
}

export function parseAddCheckpoint(bytes: Uint8Array): Result<AddCheckpoint, { code: 'request_malformed' }> {
  const text = decodeUtf8(bytes)
  const blank = text?.indexOf('\n\n') ?? -1
  if (text === undefined || blank < 0) return fail({ code: 'request_malformed' })
  const [first = '', ...lines] = text.slice(0, blank).split('\n')
  const old = first.startsWith('old ') ? parseSize(first.slice(4)) : undefined
  const proof = lines.map(parseHash)
  if (old === undefined || proof.length > MAX_PROOF || proof.includes(undefined))
    return fail({ code: 'request_malformed' })
  return ok({ old, proof: proof as Uint8Array[], checkpoint: text.slice(blank + 2) })
}
