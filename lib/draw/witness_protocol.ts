/** What the application and the witness say to one another. Bodies are canonical JSON in both directions. */
import { concat, utf8 } from '../bytes.ts'
import type { Json } from '../canonical_json.ts'

export const WITNESS_PATH = {
  key: '/key',
  evaluate: '/evaluate',
  evaluateReplacement: '/evaluate-replacement',
} as const

/** Base64 of the application's Ed25519 signature over `signedRequest`. */
export const SIGNATURE_HEADER = 'x-lunzheng-signature'

/** Types of the two ledger entries that the witness must see before it answers. */
export const COMMIT_ENTRY_TYPE = 'draw.committed'
export const DEPARTURE_ENTRY_TYPE = 'draw.seat_left'
/** At L3: which round of the beacon is awaited, in the log before that round is out. */
export const BEACON_ENTRY_TYPE = 'draw.beacon_awaited'
/** Instead of the second where the rules let nobody come; the witness is not asked. */
export const UNFILLED_ENTRY_TYPE = 'draw.seat_not_refilled'

/**
 * A ledger entry opened to the witness: that it stands in the tree whose checkpoint the witness cosigned last, and
 * that its payload is the one committed to. Hashes are hex of 32 bytes.
 */
export type LedgerClaim = {
  /** Of that checkpoint. */
  readonly size: number
  readonly index: number
  readonly inclusion: readonly string[]
  /** The entry's exact text in the log. */
  readonly leaf: string
  readonly salt: string
  readonly payload: { readonly [field: string]: Json }
}

/** A further entry of the tree that a claim proves. */
export type ClaimedEntry = Pick<LedgerClaim, 'index' | 'inclusion' | 'leaf' | 'salt' | 'payload'>

/**
 * At L3: the time from which the beacon's round follows, and when that round is out, both in seconds since 1970.
 * The payload of `entry` must hold them as they stand here, and as `input` what is evaluated.
 */
export type Timed = { readonly time: number; readonly due: number; readonly entry: ClaimedEntry }

/**
 * The payload of the commit entry must hold the first four fields as they stand here, and in `plan` the identity that
 * the plan key is computed from; it may hold more.
 */
export type EvaluateRequest = {
  readonly planKey: string
  readonly round: number
  readonly rulesHash: string
  readonly poolRoot: string
  readonly commit: LedgerClaim
  /** There in a round above the first: the entry that the round before ended in 不通过. */
  readonly roundBefore?: ClaimedEntry
  /** There at L3. */
  readonly timed?: Timed
}

/** The payload of the departure's entry must hold the first four fields as they stand here; it may hold more. */
export type EvaluateReplacementRequest = {
  readonly drawId: string
  readonly seat: number
  /** From 1, rising with every departure. */
  readonly number: number
  readonly leaver: string
  readonly departure: LedgerClaim
  /** There where it was there for the draw. */
  readonly timed?: Timed
}

/** The last tree the witness saw, signed by its Ed25519 key over `headStatement`. */
export type WitnessHead = { readonly size: number; readonly root: string; readonly signature: string }

export type WitnessKeys = {
  readonly vrfKey: string
  readonly signingKey: string
  /** Verifies its cosignatures of checkpoints: a verifier key of type cosignature/v1. */
  readonly cosignerKey: string
  readonly head: WitnessHead
}

/** `input` names what was asked; `proof` is hex of 80 bytes, at L3 over `timedInput(input, time)`. */
export type Evaluation = {
  readonly input: string
  readonly proof: string
  /** There at L3: the time that the proof is over. */
  readonly time?: number
  readonly head: WitnessHead
}

export type WitnessError =
  | { code: 'not_found' }
  | { code: 'body_too_large'; limit: number }
  | { code: 'request_malformed' }
  | { code: 'signature_invalid' }
  /** No checkpoint was cosigned yet: there is no tree to prove anything in. */
  | { code: 'ledger_not_cosigned' }
  /** Another checkpoint was cosigned meanwhile, or the claim is of another tree: prove again in this one. */
  | { code: 'ledger_head_moved'; size: number; root: string }
  | { code: 'entry_not_included' }
  | { code: 'entry_type'; need: string }
  | { code: 'entry_commitment' }
  | { code: 'entry_payload'; field: string }
  | { code: 'plan_already_drawn'; drawId: string }
  /** The entry does not open the plan that the plan key is of, or not as it is hashed. */
  | { code: 'plan_identity' }
  /** Drawn before under a spelling that reads the same. */
  | { code: 'plan_looks_drawn'; drawId: string }
  /** No draw of the round before was asked for here. */
  | { code: 'round_before_unknown'; round: number }
  /** A round above the first without the entry that the one before failed. */
  | { code: 'round_before_missing'; round: number }
  /** That entry stands after the pool was frozen. */
  | { code: 'round_before_late' }
  | { code: 'draw_unknown' }
  /** The round that was to come is out by the witness's clock, `now`: another time has to be logged. */
  | { code: 'beacon_round_out'; due: number; now: number }
  /** A time for a replacement and none for its draw, or the other way round. */
  | { code: 'beacon_not_as_drawn' }
  | { code: 'replacements_exhausted'; limit: number }
  | { code: 'number_out_of_order'; after: number }
  | { code: 'replacement_already_evaluated'; number: number }
  | { code: 'seat_already_left'; number: number }
  /** Another list or number under the name of an occasion that was sampled before. */
  | { code: 'occasion_already_sampled'; input: string }

/** The bytes an application signs: a path cannot be swapped under a body. */
export function signedRequest(path: string, body: string): Uint8Array {
  return concat(utf8(`lunzheng-witness/1\n${path}\n`), utf8(body))
}

/** The bytes the witness signs of the tree it saw. */
export function headStatement(size: number, root: string): Uint8Array {
  return utf8(`lunzheng-witness/1/head\n${size}\n${root}\n`)
}
