import { equalBytes, fromHex, isHex, sha256, toHex, utf8 } from '../lib/bytes.ts'
import { canonicalJson, parseStrictJson, type Json } from '../lib/canonical_json.ts'
import { exactFields, isHash } from '../lib/draw/read.ts'
import type { LedgerClaim, WitnessError } from '../lib/draw/witness_protocol.ts'
import { leafHash, verifyConsistency, verifyInclusion } from '../lib/merkle.ts'
import { fail, ok, type Result } from '../lib/result.ts'
import type { Seen } from './store.ts'

export type Head = { readonly size: number; readonly root: string }

export const EMPTY_HEAD: Head = { size: 0, root: toHex(sha256()) }

const FIELDS = ['consistency', 'from', 'inclusion', 'index', 'leaf', 'payload', 'root', 'salt', 'size']

export function isLedgerClaim(value: unknown): value is LedgerClaim {
  const claim = exactFields(value, FIELDS)
  return (
    claim !== undefined &&
    [claim.size, claim.index, claim.from].every((n) => Number.isSafeInteger(n) && (n as number) >= 0) &&
    isHash(claim.root) &&
    isHash(claim.salt) &&
    isHashes(claim.inclusion) &&
    isHashes(claim.consistency) &&
    typeof claim.leaf === 'string' &&
    typeof claim.payload === 'object' &&
    claim.payload !== null &&
    !Array.isArray(claim.payload)
  )
}

/**
 * Accepts an opened entry: the tree extends the last one seen, the entry stands in it, is of the type asked
 * for, commits to the payload shown, and the payload says what is to be evaluated.
 */
export function checkLedgerClaim(
  claim: LedgerClaim,
  head: Head,
  need: { type: string; fields: Readonly<Record<string, Json>> }
): Result<Seen, WitnessError> {
  if (claim.from !== head.size || claim.size < head.size) return fail({ code: 'ledger_head_moved', ...head })
  const extends_ = verifyConsistency({
    first: head.size,
    second: claim.size,
    firstRoot: fromHex(head.root),
    secondRoot: fromHex(claim.root),
    proof: claim.consistency.map(fromHex),
  })
  if (!extends_) return fail({ code: 'ledger_inconsistent', ...head })
  const leaf = leafHash(utf8(claim.leaf))
  const included = verifyInclusion({
    index: claim.index,
    size: claim.size,
    leaf,
    proof: claim.inclusion.map(fromHex),
    root: fromHex(claim.root),
  })
  if (!included) return fail({ code: 'entry_not_included' })
  return checkEntry(claim, need, { size: claim.size, root: claim.root, leafHash: toHex(leaf) })
}

function checkEntry(
  claim: LedgerClaim,
  need: { type: string; fields: Readonly<Record<string, Json>> },
  seen: Seen
): Result<Seen, WitnessError> {
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
