import env from '#start/env'
import { businessNow } from '#core/clock/business_clock'
import type { Bytes } from '#lib/pki/bytes'
import { answerTimestampRequest } from '#lib/pki/timestamp_authority'
import { ownCertificate, ownCredential } from '#pki/authority_files'

const ACCURACY_SECONDS = 1
const TIMEOUT_MS = 10_000

/** TimeStampResp of the embedded authority for a TimeStampReq (RFC 3161), by the business clock. */
export async function embeddedTimestamp(request: Bytes): Promise<Bytes> {
  const credential = await ownCredential('tsa')
  const issuers = [await ownCertificate('issuing')]
  return answerTimestampRequest(
    { credential, issuers, now: businessNow, accuracySeconds: ACCURACY_SECONDS },
    request
  )
}

/** Asks the configured authority, or the embedded one. @throws when it can't be reached: signing then waits. */
export async function askTimestamp(request: Bytes): Promise<Bytes> {
  const url = env.get('TSA_URL')
  if (!url) return embeddedTimestamp(request)
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query' },
    body: request,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (!response.ok) throw new Error(`The time-stamping authority answered ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
