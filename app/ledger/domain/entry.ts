import { canonicalJson, type Json } from '#lib/canonical_json'
import { concat, fromHex, sha256, toHex, utf8 } from '#lib/bytes'
import { leafHash } from '#lib/merkle'
import { MAX_ENTRY_BYTES } from '#lib/tlog/tiles'

export interface LeafFields {
  /** A review, a plan, or one of the installation's own streams. */
  readonly stream: string
  /** From 0, without gaps. */
  readonly seq: number
  /** Leaf hash of the stream's entry before this one, 64 zeros for the first. */
  readonly prev: string
  readonly type: string
  /** Business time, ISO 8601 with milliseconds, UTC. */
  readonly at: string
  readonly salt: string
  readonly payload: Json
}

export { FIRST_PREV } from '#lib/ledger/streams'

/** SHA-256(salt32 ‖ canonical JSON of the payload), hex. */
export function commitment(saltHex: string, payloadText: string): string {
  return toHex(sha256(concat(fromHex(saltHex), utf8(payloadText))))
}

/** The leaf as it stands in the log for ever. @throws RangeError where no tile could hold it. */
export function leafText(fields: LeafFields): { leaf: string; leafHash: string; payload: string } {
  const payload = canonicalJson(fields.payload)
  const { stream, seq, prev, type, at } = fields
  const leaf = canonicalJson({ v: 1, stream, seq, prev, type, at, commit: commitment(fields.salt, payload) })
  const bytes = utf8(leaf)
  if (bytes.length > MAX_ENTRY_BYTES) throw new RangeError(`Ledger entry of ${bytes.length} bytes`)
  return { leaf, leafHash: toHex(leafHash(bytes)), payload }
}
