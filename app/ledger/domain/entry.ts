import { canonicalJson, type Json } from '#lib/canonical_json'
import { concat, fromHex, sha256, toHex, utf8 } from '#lib/bytes'
import { leafHash } from '#lib/merkle'

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

export const FIRST_PREV = '0'.repeat(64)

/** SHA-256(salt32 ‖ canonical JSON of the payload), hex. */
export function commitment(saltHex: string, payloadText: string): string {
  return toHex(sha256(concat(fromHex(saltHex), utf8(payloadText))))
}

/** The leaf as it stands in the log for ever: {at, commit, prev, seq, stream, type, v}. */
export function leafText(fields: LeafFields): { leaf: string; leafHash: string; payload: string } {
  const payload = canonicalJson(fields.payload)
  const { stream, seq, prev, type, at } = fields
  const leaf = canonicalJson({ v: 1, stream, seq, prev, type, at, commit: commitment(fields.salt, payload) })
  return { leaf, leafHash: toHex(leafHash(utf8(leaf))), payload }
}
