import { fail, ok, type Result } from '../result.ts'
import { equalBytes, type Bytes } from './bytes.ts'
import { extendedKeyUsagesOf, parseCertificate, type Certificate } from './certificate.ts'
import {
  bitsOf,
  children,
  DerError,
  expectTag,
  octetsOf,
  oidOf,
  readDer,
  sequenceOf,
  timeOf,
  type DerNode,
} from './der_read.ts'
import { isIdOf, nonceOf, readCertificateId, type CertificateId } from './ocsp_request.ts'
import { OID } from './oids.ts'
import { publicKeyBits, verifySignature } from './verify_signature.ts'

export type StatusFailure =
  | 'ocsp_malformed'
  /** The service gave no status: too busy, unauthorized, malformed request. */
  | 'ocsp_refused'
  | 'ocsp_signature_invalid'
  /** Signed by a key that the certificate's issuer gave no right to answer for it. */
  | 'ocsp_responder_not_authorised'
  | 'ocsp_of_another_certificate'
  | 'ocsp_nonce_differs'

export type CertificateStatus = {
  readonly status: 'good' | 'revoked' | 'unknown'
  /** Of a revoked one. */
  readonly revokedAt: Date | undefined
  readonly thisUpdate: Date
  /** Undefined: there is always something newer. */
  readonly nextUpdate: Date | undefined
  readonly producedAt: Date
  readonly responder: Certificate
}

const ALGORITHMS: readonly string[] = [OID.ecdsaWithSha256, OID.sha256WithRsa]

/**
 * What an OCSPResponse says of a certificate, after RFC 6960 3.2: signed by the issuer, or by a key that the issuer itself
 * certified for OCSP signing and that was valid when it answered. How fresh it must be is for the caller.
 */
export async function readStatusResponse(
  der: Bytes,
  asked: { certificate: Certificate; issuer: Certificate; nonce?: Bytes }
): Promise<Result<CertificateStatus, { code: StatusFailure }>> {
  try {
    return await read(der, asked)
  } catch (error) {
    if (error instanceof DerError) return fail({ code: 'ocsp_malformed' })
    throw error
  }
}

async function read(
  der: Bytes,
  { certificate, issuer, nonce }: { certificate: Certificate; issuer: Certificate; nonce?: Bytes }
): Promise<Result<CertificateStatus, { code: StatusFailure }>> {
  const [status, body] = sequenceOf(readDer(der))
  if (expectTag(status, 0x0a).content[0] !== 0 || !body) return fail({ code: 'ocsp_refused' })
  const [type, basic] = sequenceOf(readDer(expectTag(body, 0xa0).content))
  if (oidOf(type) !== OID.ocspBasic) return fail({ code: 'ocsp_malformed' })
  const [data, algorithm, signature, enclosed] = sequenceOf(readDer(octetsOf(basic)))
  if (!ALGORITHMS.includes(oidOf(sequenceOf(algorithm)[0]))) return fail({ code: 'ocsp_signature_invalid' })
  const fields = dataOf(data)
  const responder = await responderOf(fields.responderId, issuer, enclosed)
  if (!responder) return fail({ code: 'ocsp_responder_not_authorised' })
  if (!(await verifySignature(responder.publicKeyInfo, bitsOf(signature), data!.bytes)))
    return fail({ code: 'ocsp_signature_invalid' })
  if (!(await mayAnswer(responder, issuer, fields.producedAt)))
    return fail({ code: 'ocsp_responder_not_authorised' })
  if (nonce && !(fields.nonce && equalBytes(nonce, fields.nonce))) return fail({ code: 'ocsp_nonce_differs' })
  for (const one of fields.singles) {
    if (!(await isIdOf(one.id, certificate, issuer))) continue
    const { id: _, ...said } = one
    return ok({ ...said, producedAt: fields.producedAt, responder })
  }
  return fail({ code: 'ocsp_of_another_certificate' })
}

function dataOf(node: DerNode | undefined) {
  const all = sequenceOf(node)
  const fields = all[0]?.tag === 0xa0 ? all.slice(1) : all
  const [responderId, producedAt, singles, extensions] = fields
  return {
    responderId: responderId!,
    producedAt: timeOf(producedAt),
    singles: sequenceOf(singles).map(singleOf),
    nonce: extensions?.tag === 0xa1 ? nonceOf(readDer(extensions.content)) : undefined,
  }
}

function singleOf(node: DerNode) {
  const [id, status, thisUpdate, next] = sequenceOf(node)
  const nextUpdate = next?.tag === 0xa0 ? timeOf(children(next)[0]) : undefined
  const times = { id: readCertificateId(id) as CertificateId, thisUpdate: timeOf(thisUpdate), nextUpdate }
  if (status?.tag === 0x80) return { ...times, status: 'good' as const, revokedAt: undefined }
  if (status?.tag === 0x82) return { ...times, status: 'unknown' as const, revokedAt: undefined }
  return { ...times, status: 'revoked' as const, revokedAt: timeOf(children(expectTag(status, 0xa1))[0]) }
}

/** The certificate of whoever the response says signed it: the issuer, or one enclosed. */
async function responderOf(
  id: DerNode,
  issuer: Certificate,
  enclosed: DerNode | undefined
): Promise<Certificate | undefined> {
  const list = enclosed?.tag === 0xa0 ? sequenceOf(children(enclosed)[0]) : []
  for (const candidate of [issuer, ...list.map(({ bytes }) => parseCertificate(bytes))]) {
    if (await isNamed(id, candidate)) return candidate
  }
  return undefined
}

async function isNamed(id: DerNode, candidate: Certificate): Promise<boolean> {
  if (id.tag === 0xa1) return equalBytes(children(id)[0]?.bytes ?? new Uint8Array(), candidate.subject)
  const hash = octetsOf(children(expectTag(id, 0xa2))[0])
  const own = await crypto.subtle.digest('SHA-1', publicKeyBits(candidate.publicKeyInfo).slice())
  return equalBytes(hash, new Uint8Array(own))
}

async function mayAnswer(responder: Certificate, issuer: Certificate, at: Date): Promise<boolean> {
  if (equalBytes(responder.der, issuer.der)) return true
  return (
    equalBytes(responder.issuer, issuer.subject) &&
    extendedKeyUsagesOf(responder).includes(OID.ocspSigning) &&
    responder.notBefore <= at &&
    at <= responder.notAfter &&
    (await verifySignature(issuer.publicKeyInfo, responder.signature, responder.tbs))
  )
}
