import type { HttpContext } from '@adonisjs/core/http'
import { Refusal } from '#core/exceptions/refusal'
import { businessNow } from '#core/clock/business_clock'
import type { Bytes } from '#lib/pki/bytes'
import { issueRevocationList } from '#lib/pki/revocation_list'
import { certificatePem, ownCredential, rootCredential } from '#pki/authority_files'
import { answerStatusRequest } from '#pki/certificate_status'
import { revokedCertificates } from '#pki/queries/certificates'
import { embeddedTimestamp } from '#pki/timestamp'

const DAY = 86_400_000
const MAX_REQUEST = 64 * 1024
const OCSP_RESPONSE = 'application/ocsp-response'

/** What relying parties fetch without an account: certificates, revocation lists, timestamps. */
export default class AuthorityController {
  async certificate({ params, response }: HttpContext) {
    const names = ['root', 'issuing', 'seal', 'tsa'] as const
    const name = names.find((known) => known === params.name)
    if (!name) throw new Refusal(404, 'E_NOT_FOUND')
    return response.header('content-type', 'application/x-pem-file').send(await certificatePem(name))
  }

  async issuingList({ response }: HttpContext) {
    const list = await this.#list(await ownCredential('issuing'), await revokedCertificates())
    return response.header('content-type', 'application/pkix-crl').send(Buffer.from(list))
  }

  async rootList({ response }: HttpContext) {
    const root = await rootCredential()
    if (!root) throw new Refusal(404, 'E_ROOT_OFFLINE')
    return response
      .header('content-type', 'application/pkix-crl')
      .send(Buffer.from(await this.#list(root, [])))
  }

  async timestamp({ request, response }: HttpContext) {
    if (request.header('content-type') !== 'application/timestamp-query')
      throw new Refusal(415, 'E_CONTENT_TYPE')
    const answer = await embeddedTimestamp(await readBody(request.request))
    return response.header('content-type', 'application/timestamp-reply').send(Buffer.from(answer))
  }

  async status({ request, response }: HttpContext) {
    if (request.header('content-type') !== 'application/ocsp-request')
      throw new Refusal(415, 'E_CONTENT_TYPE')
    const answer = await answerStatusRequest(await readBody(request.request))
    return response.header('content-type', OCSP_RESPONSE).send(Buffer.from(answer))
  }

  /** RFC 6960 A.1: the request as base64 in the address, where "/" and "+" of base64 may stand as they are. */
  async statusByAddress({ params, response }: HttpContext) {
    const text = decodeURIComponent((params['*'] as string[]).join('/'))
    const request = /^[A-Za-z0-9+/]{1,4096}={0,2}$/.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0)
    const answer = await answerStatusRequest(new Uint8Array(request))
    return response
      .header('content-type', OCSP_RESPONSE)
      .header('cache-control', 'no-store')
      .send(Buffer.from(answer))
  }

  /** The number rises with time, so lists made at different moments are told apart. */
  async #list(
    issuer: Awaited<ReturnType<typeof ownCredential>>,
    revoked: Awaited<ReturnType<typeof revokedCertificates>>
  ) {
    const thisUpdate = businessNow()
    const nextUpdate = new Date(thisUpdate.getTime() + DAY)
    return issueRevocationList({
      issuer,
      number: Math.floor(thisUpdate.getTime() / 1000),
      thisUpdate,
      nextUpdate,
      revoked,
    })
  }
}

async function readBody(stream: AsyncIterable<Buffer>): Promise<Bytes> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > MAX_REQUEST) throw new Refusal(413, 'E_TOO_LARGE')
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}
