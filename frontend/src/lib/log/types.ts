/** What the server says of the log (GET /api/public/log). Nothing here is believed before it is checked. */
export interface LogStanding {
  keys: { log: string; witness: string | null }
  /** Why no checkpoint is signed any more. */
  problem: { code: string; since: string } | null
  checkpoint: string | null
  /** The latest of the daily timestamps (RFC 3161); `day` is UTC. */
  timestamp: { day: string; size: number; time: string; authority: string } | null
  /** The one that is due could not be had. */
  timestampFailing: boolean
  /** Declarations that a restored database went on; the last of `lost` is not included. */
  restorations: {
    index: number
    at: string
    by: string
    reason: string
    lost: { from: number; to: number }
  }[]
  now: string
  checkpoints: { size: number; root: string; cosigned: boolean; at: string }[]
}

/** One check done on this device. */
export interface Check {
  code: 'signature' | 'cosignature' | 'keys_same' | 'since_visit'
  ok: boolean
  detail: string
}

/** Answer to a question of the visitor. */
export type Answer =
  | { code: 'receipt_in'; index: number; type: string; at: string; stream: string }
  | { code: 'receipt_beyond_log' | 'receipt_not_in' | 'receipt_unreadable' }
  | { code: 'since_ok'; from: number; to: number }
  | { code: 'since_rolled_back' | 'since_forked' | 'since_unreadable' | 'since_not_signed' }
