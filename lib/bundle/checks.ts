import type { Leaf } from '../ledger/leaf.ts'
import type { LedgerCheckCode } from '../ledger/verify_folder.ts'
import type { BundleEntry } from './format.ts'

export type BundleCheckCode =
  | 'bundle_readable'
  | 'bundle_files'
  | 'bundle_entries'
  | 'bundle_inclusion'
  | 'bundle_stream'
  | 'bundle_count'
  | 'bundle_list'
  | 'bundle_review'
  | 'bundle_closed'
  | 'bundle_erasures'
  | 'bundle_openings'
  | 'bundle_report'
  | 'bundle_draw'
  | 'bundle_recording'
  /** These two where the bundle holds timestamps. */
  | 'bundle_timestamps'
  | 'bundle_times'

/** Codes are stable; `detail` names the place, in no language; `of` the files that it was done on. */
export type BundleCheck = {
  readonly code: BundleCheckCode | LedgerCheckCode
  readonly ok: boolean
  readonly detail: string | null
  readonly of: readonly string[]
}

export type BundleVerdict = 'genuine' | 'not_genuine' | 'consistent_unknown_signer' | 'unreadable'

export type Files = ReadonlyMap<string, Uint8Array>

/** An entry whose leaf could be read, with the leaf's hash, hex. */
export type ReadEntry = BundleEntry & { readonly read: Leaf; readonly hash: string }

export function check(
  code: BundleCheck['code'],
  passed: boolean,
  detail: string | null,
  of: readonly string[]
): BundleCheck {
  return { code, ok: passed, detail, of }
}
