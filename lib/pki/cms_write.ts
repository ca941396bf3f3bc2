import { concat, type Bytes } from './bytes.ts'
import { parseCertificate } from './certificate.ts'
import { explicit, integer, nothing, octets, oid, sequence, setOf, tlv } from './der_write.ts'
import { signingCertificateV2 } from './ess.ts'
import { OID } from './oids.ts'

/** The three signed attributes of a PAdES baseline signature (ETSI EN 319 142-1), as the SET that gets signed. */
export async function signedAttributes(input: {
  contentType: string
  messageDigest: Bytes
  certificate: Bytes
}): Promise<Bytes> {
  return setOf(
    attribute(OID.contentType, oid(input.contentType)),
    attribute(OID.messageDigest, octets(input.messageDigest)),
    attribute(OID.signingCertificateV2, await signingCertificateV2(input.certificate))
  )
}

function attribute(type: string, value: Bytes): Bytes {
  return sequence(oid(type), setOf(value))
}

/**
 * CMS SignedData (RFC 5652) with one signer. `signature` is DER as CMS wants it; `content` is given for a
 * timestamp token and absent for a detached signature.
 */
export function signedData(input: {
  contentType: string
  content?: Bytes
  certificates: readonly Bytes[]
  signedAttributes: Bytes
  signatureAlgorithm: string
  signature: Bytes
  timestampToken?: Bytes
}): Bytes {
  const { issuer, serial } = parseCertificate(input.certificates[0]!)
  const sha256Algorithm = sequence(oid(OID.sha256))
  const unsigned = input.timestampToken
    ? [tlv(0xa1, attribute(OID.signatureTimeStampToken, input.timestampToken))]
    : []
  const signer = sequence(
    integer(1),
    sequence(issuer, integer(serial)),
    sha256Algorithm,
    // RFC 5652 10.1.1: the attributes travel under [0], and are signed as a SET.
    concat(Uint8Array.of(0xa0), input.signedAttributes.subarray(1)),
    input.signatureAlgorithm === OID.sha256WithRsa
      ? sequence(oid(input.signatureAlgorithm), nothing())
      : sequence(oid(input.signatureAlgorithm)),
    octets(input.signature),
    ...unsigned
  )
  const encapsulated = sequence(
    oid(input.contentType),
    ...(input.content ? [explicit(0, octets(input.content))] : [])
  )
  const certificates = setOf(...input.certificates).slice()
  certificates[0] = 0xa0
  return sequence(
    oid(OID.signedData),
    explicit(
      0,
      sequence(
        integer(input.content ? 3 : 1),
        setOf(sha256Algorithm),
        encapsulated,
        certificates,
        setOf(signer)
      )
    )
  )
}
