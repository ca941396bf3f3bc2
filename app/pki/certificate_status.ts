import { businessNow } from '#core/clock/business_clock'
import type { Bytes } from '#lib/pki/bytes'
import { parseCertificate } from '#lib/pki/certificate'
import { DerError } from '#lib/pki/der_read'
import { isIdOf, readStatusRequest, type StatusRequest } from '#lib/pki/ocsp_request'
import { statusRefused, statusResponse, type Answered } from '#lib/pki/ocsp_response'
import { ownCertificate } from '#pki/authority_files'
import { statusOfSerial } from '#pki/queries/certificates'
import { statusCredential } from '#pki/status_key'

const HOUR = 3_600_000

/**
 * OCSPResponse for an OCSPRequest about certificates of the issuing authority (RFC 6960): from the table itself, so that a
 * revocation counts with the next question. What is of another issuer is not ours to answer.
 */
export async function answerStatusRequest(request: Bytes): Promise<Bytes> {
  const asked = parse(request)
  if (!asked) return statusRefused('malformed_request')
  const issuer = parseCertificate(await ownCertificate('issuing'))
  const answers: Answered[] = []
  for (const id of asked.ids) {
    if (!(await isIdOf(id, id, issuer))) return statusRefused('unauthorized')
    answers.push({ id, status: await statusOfSerial(id.serial) })
  }
  const thisUpdate = businessNow()
  return statusResponse({
    responder: await statusCredential(),
    answers,
    thisUpdate,
    nextUpdate: new Date(thisUpdate.getTime() + HOUR),
    nonce: asked.nonce,
  })
}

function parse(request: Bytes): StatusRequest | null {
  try {
    return readStatusRequest(request)
  } catch (error) {
    if (error instanceof DerError) return null
    throw error
  }
}
