/** TimeStampResp for a TimeStampReq (RFC 3161). Rejects when the authority can't be reached. */
export type AskTimestamp = (request: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>

let ask: AskTimestamp | null = null

/** Said once by the module that knows the time-stamping authority. */
export function timestampLedgerBy(authority: AskTimestamp): void {
  ask = authority
}

export function timestampAuthority(): AskTimestamp {
  if (!ask) throw new Error('Nobody timestamps the ledger')
  return ask
}
