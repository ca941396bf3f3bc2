import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import { toHex, type Bytes } from './bytes.ts'
import { ECDSA_SHA256, generateKeys } from './keys.ts'
import { distinguishedName, type SubjectName } from './subject_name.ts'

/** A certificate with the key that belongs to it. */
export type Credential = { certificate: Bytes; privateKey: CryptoKey }

export type Validity = { notBefore: Date; notAfter: Date }

/** Where relying parties ask about a certificate: both addresses go into every certificate but a root's. */
export type StatusAddresses = { ocspUrl: string; crlUrls: readonly string[] }

/** Serial numbers of 16 random bytes, positive (RFC 5280 4.1.2.2 wants at most 20). */
export function randomSerial(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[0] = (bytes[0]! & 0x7f) | 0x40
  return toHex(bytes)
}

/**
 * The root of a demonstration authority: made off line, its key kept apart, used only to certify issuing
 * authorities. In production certificates come from a licensed authority (Electronic Signature Law, 16).
 */
export async function createRoot(input: { subject: SubjectName; validity: Validity }): Promise<Credential> {
  const keys = await generateKeys(true)
  const name = distinguishedName(input.subject)
  const root = await x509.X509CertificateGenerator.create({
    serialNumber: randomSerial(),
    subject: name,
    issuer: name,
    ...input.validity,
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    signingAlgorithm: ECDSA_SHA256,
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate: new Uint8Array(root.rawData), privateKey: keys.privateKey }
}

/** An issuing authority under the root; it certifies end entities only (path length 0). */
export async function createIssuingAuthority(input: {
  root: Credential
  subject: SubjectName
  validity: Validity
  status: StatusAddresses
}): Promise<Credential> {
  const keys = await generateKeys(true)
  const root = new x509.X509Certificate(input.root.certificate)
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: randomSerial(),
    subject: distinguishedName(input.subject),
    issuer: root.subjectName,
    ...input.validity,
    publicKey: keys.publicKey,
    signingKey: input.root.privateKey,
    signingAlgorithm: ECDSA_SHA256,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(root.publicKey),
      ...statusExtensions(input.status),
    ],
  })
  return { certificate: new Uint8Array(certificate.rawData), privateKey: keys.privateKey }
}

/** AIA with the OCSP responder, and the CRL distribution points (RFC 5280 4.2.2.1, 4.2.1.13). */
export function statusExtensions(status: StatusAddresses): x509.Extension[] {
  return [
    new x509.AuthorityInfoAccessExtension({ ocsp: [new x509.GeneralName('url', status.ocspUrl)] }),
    new x509.CRLDistributionPointsExtension([...status.crlUrls]),
  ]
}
