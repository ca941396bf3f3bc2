import { fromLatin1, type Bytes } from './bytes.ts'
import {
  bitsOf,
  children,
  DerError,
  expectTag,
  integerOf,
  octetsOf,
  oidOf,
  readDer,
  sequenceOf,
  setOf,
  timeOf,
  type DerNode,
} from './der_read.ts'
import { OID } from './oids.ts'

export type CertificateExtension = { critical: boolean; value: Bytes }

/** What chain building and signature checks need of an X.509 v3 certificate (RFC 5280). */
export type Certificate = {
  der: Bytes
  tbs: Bytes
  serial: bigint
  issuer: Bytes
  subject: Bytes
  subjectNames: Map<string, string>
  issuerNames: Map<string, string>
  notBefore: Date
  notAfter: Date
  publicKeyInfo: Bytes
  signatureAlgorithm: string
  signature: Bytes
  extensions: Map<string, CertificateExtension>
}

/** Throws DerError when the bytes are no well-formed certificate. */
export function parseCertificate(der: Bytes): Certificate {
  const [tbs, algorithm, signature] = sequenceOf(readDer(der))
  const fields = sequenceOf(tbs)
  if (fields[0]?.tag !== 0xa0) throw new DerError('only X.509 v3 is read')
  const [, serial, innerAlgorithm, issuer, validity, subject, publicKeyInfo, ...optional] = fields
  const signatureAlgorithm = oidOf(sequenceOf(algorithm)[0])
  if (oidOf(sequenceOf(innerAlgorithm)[0]) !== signatureAlgorithm) throw new DerError('algorithms differ')
  const [notBefore, notAfter] = sequenceOf(validity)
  const extensionList = optional.find((field) => field.tag === 0xa3)
  return {
    der,
    tbs: tbs!.bytes,
    serial: integerOf(serial),
    issuer: expectTag(issuer, 0x30).bytes,
    subject: expectTag(subject, 0x30).bytes,
    subjectNames: namesOf(subject!),
    issuerNames: namesOf(issuer!),
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    publicKeyInfo: expectTag(publicKeyInfo, 0x30).bytes,
    signatureAlgorithm,
    signature: bitsOf(signature),
    extensions: extensionList ? extensionsOf(children(extensionList)[0]) : new Map(),
  }
}

export function extensionsOf(list: DerNode | undefined): Map<string, CertificateExtension> {
  const extensions = new Map<string, CertificateExtension>()
  for (const item of sequenceOf(list)) {
    const [id, ...rest] = sequenceOf(item)
    const name = oidOf(id)
    if (extensions.has(name)) throw new DerError('an extension twice')
    extensions.set(name, { critical: rest.length === 2, value: octetsOf(rest.at(-1)) })
  }
  return extensions
}

function namesOf(name: DerNode): Map<string, string> {
  const names = new Map<string, string>()
  for (const relative of sequenceOf(name)) {
    for (const attribute of setOf(relative)) {
      const [type, value] = sequenceOf(attribute)
      if (!value) throw new DerError('a name without value')
      names.set(oidOf(type), textOf(value))
    }
  }
  return names
}

function textOf(node: DerNode): string {
  if (node.tag === 0x1e) return new TextDecoder('utf-16be').decode(node.content)
  if (node.tag !== 0x0c) return fromLatin1(node.content)
  const text = new TextDecoder('utf-8').decode(node.content)
  if (text.includes('\ufffd')) throw new DerError('a name that is not UTF-8')
  return text
}

export function isCertificateAuthority(certificate: Certificate): boolean {
  const extension = certificate.extensions.get(OID.basicConstraints)
  if (!extension) return false
  const [flag] = sequenceOf(readDer(extension.value))
  return flag?.tag === 0x01 && flag.content[0] === 0xff
}

/** RFC 5280 4.2.1.9; undefined when no limit is set. */
export function pathLengthOf(certificate: Certificate): number | undefined {
  const extension = certificate.extensions.get(OID.basicConstraints)
  const limit = extension && sequenceOf(readDer(extension.value))[1]
  return limit ? Number(integerOf(limit)) : undefined
}

/** Bit numbers as in RFC 5280 4.2.1.3: 0 digitalSignature, 1 nonRepudiation, 5 keyCertSign, 6 cRLSign. */
export function hasKeyUsage(certificate: Certificate, bit: number): boolean {
  const extension = certificate.extensions.get(OID.keyUsage)
  if (!extension) return false
  const flags = expectTag(readDer(extension.value), 0x03).content
  return ((flags[1 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0
}

export function extendedKeyUsagesOf(certificate: Certificate): string[] {
  const extension = certificate.extensions.get(OID.extendedKeyUsage)
  return extension ? sequenceOf(readDer(extension.value)).map(oidOf) : []
}

export function policiesOf(certificate: Certificate): string[] {
  const extension = certificate.extensions.get(OID.certificatePolicies)
  return extension ? sequenceOf(readDer(extension.value)).map((policy) => oidOf(sequenceOf(policy)[0])) : []
}

export function commonNameOf(certificate: Certificate): string {
  return certificate.subjectNames.get(OID.commonName) ?? ''
}
