/** Offline proofs (C2SP tlog-proof): index, audit path and the signed checkpoint that it leads to, as text. */
import { equalBytes, toBase64, utf8 } from '../bytes.ts'
import { verifyInclusion } from '../merkle.ts'
import { fail, ok, type Result } from '../result.ts'
import { parseHash, parseSize } from './checkpoint.ts'
import type { VerifierKey } from './keys.ts'
import { decodeBase64, decodeUtf8 } from './note.ts'
import { openCheckpoint, type OpenCheckpointError, type SignedCheckpoint } from './open_checkpoint.ts'

const FIRST_LINE = 'c2sp.org/tlog-proof@v1'
const MAX_PATH = 63

export type TlogProof = {
  readonly index: number
  readonly path: readonly Uint8Array[]
  /** The note verbatim. */
  readonly checkpoint: string
  /** Not authenticated by anything. */
  readonly extra?: Uint8Array | undefined
}

export function formatProof({ index, path, checkpoint, extra }: TlogProof): string {
  const lines = [FIRST_LINE]
  if (extra) lines.push(`extra ${toBase64(extra)}`)
  lines.push(`index ${index}`, ...path.map(toBase64), '', checkpoint)
  return lines.join('\n')
}

export function parseProof(bytes: Uint8Array): Result<TlogProof, { code: 'proof_malformed' }> {
  const text = decodeUtf8(bytes)
  const blank = text?.indexOf('\n\n') ?? -1
  if (text === undefined || blank < 0) return fail({ code: 'proof_malformed' })
  const lines = text.slice(0, blank).split('\n')
  if (lines.shift() !== FIRST_LINE) return fail({ code: 'proof_malformed' })
  const extra = lines[0]?.startsWith('extra ') ? decodeBase64(lines.shift()!.slice(6)) : null
  const index = /^index (\d+)$/.exec(lines.shift() ?? '')?.[1]
  const path = lines.map(parseHash)
  const at = index === undefined ? undefined : parseSize(index)
  if (extra === undefined || at === undefined || path.length > MAX_PATH || path.includes(undefined))
    return fail({ code: 'proof_malformed' })
  const proof = { index: at, path: path as Uint8Array[], checkpoint: text.slice(blank + 2) }
  return ok(extra ? { ...proof, extra } : proof)
}

export type ProofError =
  | OpenCheckpointError
  | { code: 'proof_malformed' }
  | { code: 'proof_not_cosigned' }
  | { code: 'proof_not_included' }

/**
 * Whether a leaf stands in a log that one of `keys` signed for, and at least `witnesses` of the witnesses among
 * `keys` saw. The times are those witnesses': the leaf was there by the earliest.
 */
export function verifyProof(
  bytes: Uint8Array,
  leaf: Uint8Array,
  keys: readonly VerifierKey[],
  { witnesses = 1 }: { witnesses?: number } = {}
): Result<SignedCheckpoint & { readonly index: number }, ProofError> {
  const parsed = parseProof(bytes)
  if (!parsed.ok) return parsed
  const { index, path, checkpoint } = parsed.value
  const opened = openCheckpoint(utf8(checkpoint), keys)
  if (!opened.ok) return opened
  if (distinct(opened.value) < witnesses) return fail({ code: 'proof_not_cosigned' })
  const { size, root } = opened.value
  if (!verifyInclusion({ index, size, leaf, proof: path, root })) return fail({ code: 'proof_not_included' })
  return ok({ ...opened.value, index })
}

/** One key under two names is one witness. */
function distinct({ cosigned }: SignedCheckpoint): number {
  return cosigned.filter(
    ({ key }, i) => cosigned.findIndex((other) => equalBytes(other.key.publicKey, key.publicKey)) === i
  ).length
}
