import { equalBytes, type Bytes } from './bytes.ts'
import type { Certificate } from './certificate.ts'
import {
  DerError,
  expectTag,
  integerOf,
  octetsOf,
  oidOf,
  readDer,
  sequenceOf,
  type DerNode,
} from './der_read.ts'
import { explicit, integer, nothing, octets, oid, sequence } from './der_write.ts'
import { OID } from './oids.ts'
import { publicKeyBits } from './verify_signature.ts'

/** A certificate as the protocol names it (RFC 6960 4.1.1): hashes of its issuer's name and key, and its serial. */
export type CertificateId = {
  readonly hash: 'sha1' | 'sha256'
  readonly issuerName: Bytes
  readonly issuerKey: Bytes
  readonly serial: bigint
  /** As it was asked, so that it is answered in the same bytes. */
  readonly der: Bytes
}

export type StatusRequest = { readonly ids: readonly CertificateId[]; readonly nonce: Bytes | undefined }

const NAMES = { sha1: 'SHA-1', sha256: 'SHA-256' } as const
/** RFC 9654 2.1 */
const LONGEST_NONCE = 128
const MOST_ASKED = 20

/** SHA-1 is what clients ask with by habit; here it names a certificate, it protects nothing. */
export async function idOf(
  certificate: Pick<Certificate, 'serial'>,
  issuer: Certificate,
  hash: CertificateId['hash'] = 'sha256'
): Promise<CertificateId> {
  const hashed = async (bytes: Bytes) => new Uint8Array(await crypto.subtle.digest(NAMES[hash], bytes))
  const issuerName = await hashed(issuer.subject)
  const issuerKey = await hashed(publicKeyBits(issuer.publicKeyInfo).slice())
  const { serial } = certificate
  const der = sequence(
    sequence(oid(OID[hash]), nothing()),
    octets(issuerName),
    octets(issuerKey),
    integer(serial)
  )
  return { hash, issuerName, issuerKey, serial, der }
}

/** Whether an id names the certificate of this serial by this issuer. */
export async function isIdOf(
  id: CertificateId,
  certificate: Pick<Certificate, 'serial'>,
  issuer: Certificate
): Promise<boolean> {
  const own = await idOf(certificate, issuer, id.hash)
  return (
    id.serial === own.serial &&
    equalBytes(id.issuerName, own.issuerName) &&
    equalBytes(id.issuerKey, own.issuerKey)
  )
}

/** OCSPRequest for one certificate, unsigned. */
export function statusRequest(id: CertificateId, nonce?: Bytes): Bytes {
  const extension = nonce && sequence(sequence(oid(OID.ocspNonce), octets(octets(nonce))))
  return sequence(sequence(sequence(sequence(id.der)), ...(extension ? [explicit(2, extension)] : [])))
}

/** @throws DerError when the bytes are no request, or ask for more than twenty certificates. */
export function readStatusRequest(der: Bytes): StatusRequest {
  const [tbs] = sequenceOf(readDer(der))
  const fields = sequenceOf(tbs)
  const list = fields.find(({ tag }) => tag === 0x30)
  const ids = sequenceOf(list).map((one) => readCertificateId(sequenceOf(one)[0]))
  if (ids.length === 0 || ids.length > MOST_ASKED) throw new DerError('as many as that are not asked about')
  const extensions = fields.find(({ tag }) => tag === 0xa2)
  return { ids, nonce: extensions && nonceOf(readDer(extensions.content)) }
}

export function readCertificateId(node: DerNode | undefined): CertificateId {
  const [algorithm, issuerName, issuerKey, serial] = sequenceOf(node)
  const name = oidOf(sequenceOf(algorithm)[0])
  const hash = name === OID.sha1 ? 'sha1' : name === OID.sha256 ? 'sha256' : undefined
  if (!hash) throw new DerError('a hash that is not known here')
  return {
    hash,
    issuerName: octetsOf(issuerName),
    issuerKey: octetsOf(issuerKey),
    serial: integerOf(serial),
    der: expectTag(node, 0x30).bytes,
  }
}

/** The nonce among request or response extensions (RFC 9654). */
export function nonceOf(extensions: DerNode): Bytes | undefined {
  for (const extension of sequenceOf(extensions)) {
    const parts = sequenceOf(extension)
    if (oidOf(parts[0]) !== OID.ocspNonce) continue
    const nonce = octetsOf(readDer(octetsOf(parts.at(-1))))
    if (nonce.length === 0 || nonce.length > LONGEST_NONCE) throw new DerError('a nonce of that length')
    return nonce
  }
  return undefined
}
