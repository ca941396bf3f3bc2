import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import { fail, ok, type Result } from '../result.ts'
import type { Credential, StatusAddresses, Validity } from './authority.ts'
import type { Bytes } from './bytes.ts'
import { issueCertificate } from './end_entity.ts'
import { ECDSA_SHA256, P256 } from './keys.ts'
import { distinguishedName, type SubjectName } from './subject_name.ts'

export type RequestError = {
  code: 'request_malformed' | 'request_key_unsupported' | 'request_possession_unproven'
}

/** PKCS#10 request (RFC 2986) over a key that need not be extractable; made in the expert's browser. */
export async function createRequest(keys: CryptoKeyPair, subject: SubjectName): Promise<Bytes> {
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: distinguishedName(subject),
    keys,
    signingAlgorithm: ECDSA_SHA256,
  })
  return new Uint8Array(request.rawData)
}

/**
 * The key of a request, once its own signature proves that the sender holds it. The name inside is not
 * believed: the certificate names whom the centre identified.
 */
export async function keyOfRequest(request: Bytes): Promise<Result<CryptoKey, RequestError>> {
  const parsed = parseRequest(request)
  if (!parsed) return fail({ code: 'request_malformed' })
  const algorithm = parsed.publicKey.algorithm as EcKeyAlgorithm
  if (algorithm.name !== 'ECDSA' || algorithm.namedCurve !== 'P-256')
    return fail({ code: 'request_key_unsupported' })
  if (!(await parsed.verify())) return fail({ code: 'request_possession_unproven' })
  return ok(await parsed.publicKey.export(P256, ['verify']))
}

function parseRequest(request: Bytes): x509.Pkcs10CertificateRequest | undefined {
  try {
    return new x509.Pkcs10CertificateRequest(request)
  } catch {
    // Anything that is no PKCS#10 request is reported to the sender as malformed.
    return undefined
  }
}

/** REP-2: a person's certificate, in answer to a request whose key possession is proven. */
export async function certifyPerson(input: {
  issuer: Credential
  request: Bytes
  subject: SubjectName
  validity: Validity
  status: StatusAddresses
}): Promise<Result<Bytes, RequestError>> {
  const key = await keyOfRequest(input.request)
  if (!key.ok) return key
  return ok(await issueCertificate({ ...input, role: 'person', publicKey: key.value }))
}
