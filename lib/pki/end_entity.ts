import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import {
  randomSerial,
  statusExtensions,
  type Credential,
  type StatusAddresses,
  type Validity,
} from './authority.ts'
import type { Bytes } from './bytes.ts'
import { nothing, oid, sequence } from './der_write.ts'
import { ECDSA_SHA256, generateKeys } from './keys.ts'
import { OID, POLICY, type CertificateRole } from './oids.ts'
import { distinguishedName, type SubjectName } from './subject_name.ts'

const SIGNING = x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation

/** What sets the profiles apart. emailProtection: readers built on NSS distrust the chain without it. */
const PROFILES: Record<
  CertificateRole,
  { usage: number; extended: string[]; extendedCritical: boolean; more?: readonly x509.Extension[] }
> = {
  person: { usage: SIGNING, extended: [OID.documentSigning, OID.emailProtection], extendedCritical: false },
  seal: { usage: SIGNING, extended: [OID.documentSigning, OID.emailProtection], extendedCritical: false },
  // RFC 3161 2.3: the extended key usage is critical and alone.
  timestamp: { usage: SIGNING, extended: [OID.timeStamping], extendedCritical: true },
  // RFC 6960 4.2.2.2.1: nobody asks the answerer about itself; it is short-lived instead.
  ocsp: {
    usage: x509.KeyUsageFlags.digitalSignature,
    extended: [OID.ocspSigning],
    extendedCritical: false,
    more: [new x509.Extension(OID.ocspNoCheck, false, nothing())],
  },
}

export type IssueInput = {
  issuer: Credential
  role: CertificateRole
  subject: SubjectName
  publicKey: CryptoKey
  validity: Validity
  status: StatusAddresses
}

/** Certifies a key in one of the three profiles (RFC 5280). The caller has checked identity and possession. */
export async function issueCertificate(input: IssueInput): Promise<Bytes> {
  const profile = PROFILES[input.role]
  const issuer = new x509.X509Certificate(input.issuer.certificate)
  const policies = sequence(sequence(oid(POLICY[input.role])))
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: randomSerial(),
    subject: distinguishedName(input.subject),
    issuer: issuer.subjectName,
    ...input.validity,
    publicKey: input.publicKey,
    signingKey: input.issuer.privateKey,
    signingAlgorithm: ECDSA_SHA256,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(profile.usage, true),
      new x509.ExtendedKeyUsageExtension(profile.extended, profile.extendedCritical),
      new x509.Extension(OID.certificatePolicies, false, policies),
      await x509.SubjectKeyIdentifierExtension.create(input.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...statusExtensions(input.status),
      ...(profile.more ?? []),
    ],
  })
  return new Uint8Array(certificate.rawData)
}

/** A fresh key with its certificate, for the seal and the time-stamping authority, whose keys the centre holds. */
export async function createCredential(input: Omit<IssueInput, 'publicKey'>): Promise<Credential> {
  const keys = await generateKeys(true)
  return {
    certificate: await issueCertificate({ ...input, publicKey: keys.publicKey }),
    privateKey: keys.privateKey,
  }
}
