import { equalBytes, sha256, type Bytes } from './bytes.ts'
import { children, expectTag, integerOf, octetsOf, sequenceOf, type DerNode } from './der_read.ts'
import { explicit, integer, octets, sequence } from './der_write.ts'
import { parseCertificate } from './certificate.ts'

/** SigningCertificateV2 (RFC 5035): SHA-256, the default algorithm and so left out, with issuer and serial. */
export async function signingCertificateV2(certificate: Bytes): Promise<Bytes> {
  const { issuer, serial } = parseCertificate(certificate)
  const issuerSerial = sequence(sequence(explicit(4, issuer)), integer(serial))
  return sequence(sequence(sequence(octets(await sha256(certificate)), issuerSerial)))
}

/** Whether the attribute names this certificate, first, by SHA-256, and by issuer and serial when it gives them. */
export async function namesCertificate(attribute: DerNode, certificate: Bytes): Promise<boolean> {
  const first = sequenceOf(sequenceOf(sequenceOf(attribute)[0])[0])
  const [hash, issuerSerial] = first
  if (hash?.tag !== 0x04 || !equalBytes(octetsOf(hash), await sha256(certificate))) return false
  if (!issuerSerial) return true
  const { issuer, serial } = parseCertificate(certificate)
  const [names, number] = sequenceOf(issuerSerial)
  const [name, ...others] = sequenceOf(names)
  const [directory] = children(expectTag(name, 0xa4))
  return (
    others.length === 0 &&
    directory !== undefined &&
    equalBytes(directory.bytes, issuer) &&
    integerOf(number) === serial
  )
}
