import { equalBytes, fromHex, isHex, sha256, toHex, utf8 } from '../lib/bytes.ts'
import { canonicalJson, parseStrictJson, type Json } from '../lib/canonical_json.ts'
import { exactFields, isHash } from '../lib/draw/read.ts'
import type { LedgerClaim, WitnessError } from '../lib/draw/witness_protocol.ts'
import { leafHash, verifyInclusion } from '../lib/merkle.ts'
import { fail, ok, type Result } from '../lib/result.ts'
import type { Seen } from './store.ts'

export type Head = { readonly size: number; readonly root: string }

export const EMPTY_HEAD: Head = { size: 0, root: toHex(sha256()) }

/** What an entry must be and say. */
export type Need = { readonly type: string; readonly fields: Readonly<Record<string, Json>> }

const FIELDS = ['inclusion', 'index', 'leaf', 'payload', 'salt', 'size']

export function isLedgerClaim(value: unknown): value is LedgerClaim {
  const claim = exactFields(value, FIELDS)
  return (
    claim !== undefined &&
    [claim.size, claim.index].every((n) => Number.isSafeInteger(n) && (n as number) >= 0) &&
    isHash(claim.salt) &&
    isHashes(claim.inclusion) &&
    typeof claim.leaf === 'string' &&
    typeof claim.payload === 'object' &&
    claim.payload !== null &&
    !Array.isArray(claim.payload)
  )
}

/**
 * Accepts an opened entry: it stands in the tree whose checkpoint the log signed and this witness cosigned last, is
 * of the type asked for, commits to the payload shown, and the payload says what is to be evaluated. Proofs in any
 * other tree are worth nothing here: nobody has signed for it.
 */
export function checkLedgerClaim(
  claim: LedgerClaim,
  cosigned: Head | null,
  need: Need
): Result<Seen, WitnessError> {
  if (!cosigned) return fail({ code: 'ledger_not_cosigned' })
  const { size, root } = cosigned
  if (claim.size !== size) return fail({ code: 'ledger_head_moved', size, root })
  const leaf = leafHash(utf8(claim.leaf))
  const { index } = claim
  const proof = claim.inclusion.map(fromHex)
  const included = verifyInclusion({ index, size, leaf, proof, root: fromHex(root) })
  if (!included) return fail({ code: 'entry_not_included' })
  return checkEntry(claim, need, { size, root, leafHash: toHex(leaf) })
}

function checkEntry(claim: LedgerClaim, need: Need, seen: Seen): Result<Seen, WitnessError> {
  const parsed = parseStrictJson(claim.leaf)
  const entry = parsed.ok ? (parsed.value as { type?: unknown; commit?: unknown } | null) : null
  if (entry?.type !== need.type) return fail({ code: 'entry_type', need: need.type })
  const commitment = sha256(fromHex(claim.salt), utf8(canonicalJson(claim.payload)))
  if (!isHex(entry.commit, 32) || !equalBytes(commitment, fromHex(entry.commit))) {
    return fail({ code: 'entry_commitment' })
  }
  const wrong = Object.entries(need.fields).find(([field, value]) => claim.payload[field] !== value)
  return wrong ? fail({ code: 'entry_payload', field: wrong[0] }) : ok(seen)
}

function isHashes(value: unknown): boolean {
  return Array.isArray(value) && value.length <= 128 && value.every(isHash)
}
