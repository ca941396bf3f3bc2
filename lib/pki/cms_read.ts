import { concat, equalBytes, type Bytes } from './bytes.ts'
import { parseCertificate, type Certificate } from './certificate.ts'
import {
  children,
  DerError,
  expectTag,
  integerOf,
  octetsOf,
  oidOf,
  readDer,
  sequenceOf,
  setOf,
  type DerNode,
} from './der_read.ts'
import { setOf as writeSet } from './der_write.ts'
import { OID } from './oids.ts'

/** A CMS SignedData with exactly one signer, everything in it accounted for. */
export type SignedMessage = {
  contentType: string
  content: Bytes | undefined
  certificates: Certificate[]
  signer: Certificate
  signedAttributes: Bytes
  attributes: Map<string, DerNode>
  signatureAlgorithm: string
  signature: Bytes
  timestampToken: Bytes | undefined
}

const SIGNATURE_ALGORITHMS: readonly string[] = [OID.ecdsaWithSha256, OID.sha256WithRsa, OID.rsaEncryption]

/**
 * Reads RFC 5652 SignedData strictly: one digest algorithm (SHA-256), one signer named by issuer and serial,
 * its certificate enclosed, no CRLs, no unsigned attribute but the timestamp. Throws DerError otherwise:
 * none of these parts is covered by the signature, so what is unexpected there is refused.
 */
export function readSignedData(der: Bytes): SignedMessage {
  const [type, wrapped] = sequenceOf(readDer(der))
  if (oidOf(type) !== OID.signedData) throw new DerError('not SignedData')
  const parts = sequenceOf(children(expectTag(wrapped, 0xa0))[0])
  if (parts.length !== 5) throw new DerError('parts of SignedData')
  const [version, digests, encapsulated, certificateSet, signers] = parts
  if (![1n, 3n].includes(integerOf(version))) throw new DerError('version')
  const [digest, ...moreDigests] = setOf(digests)
  if (moreDigests.length > 0 || algorithmOf(digest) !== OID.sha256) throw new DerError('digest algorithm')
  const [contentType, content] = sequenceOf(encapsulated)
  const certificates = children(expectTag(certificateSet, 0xa0)).map((node) => parseCertificate(node.bytes))
  const [signer, ...moreSigners] = setOf(signers)
  if (!signer || moreSigners.length > 0) throw new DerError('one signer is due')
  return {
    contentType: oidOf(contentType),
    content: content && octetsOf(children(expectTag(content, 0xa0))[0]),
    certificates,
    ...readSigner(signer, certificates),
  }
}

function readSigner(node: DerNode, certificates: Certificate[]) {
  const [version, sid, digest, signed, algorithm, signature, unsigned, ...more] = sequenceOf(node)
  if (integerOf(version) !== 1n || more.length > 0) throw new DerError('signer version')
  const [issuer, serial] = sequenceOf(sid)
  const signer = certificates.find(
    (one) => equalBytes(one.issuer, expectTag(issuer, 0x30).bytes) && one.serial === integerOf(serial)
  )
  if (!signer) throw new DerError('the certificate of the signer is not enclosed')
  if (algorithmOf(digest) !== OID.sha256) throw new DerError('digest algorithm')
  const signatureAlgorithm = algorithmOf(algorithm)
  if (!SIGNATURE_ALGORITHMS.includes(signatureAlgorithm)) throw new DerError('signature algorithm')
  const signedAttributes = concat(Uint8Array.of(0x31), expectTag(signed, 0xa0).bytes.subarray(1))
  return {
    signer,
    signedAttributes,
    signatureAlgorithm,
    attributes: readAttributes(signedAttributes),
    signature: octetsOf(signature),
    timestampToken: unsigned ? readTimestamp(unsigned) : undefined,
  }
}

/** The attributes by type, each with its one value; DER order and single occurrence are insisted on. */
export function readAttributes(set: Bytes): Map<string, DerNode> {
  const attributes = new Map<string, DerNode>()
  const nodes = setOf(readDer(set))
  if (!equalBytes(writeSet(...nodes.map((node) => node.bytes)), set)) throw new DerError('set order')
  for (const node of nodes) {
    const [type, values] = sequenceOf(node)
    const [value, ...more] = setOf(values)
    if (!value || more.length > 0 || attributes.has(oidOf(type))) throw new DerError('attribute value')
    attributes.set(oidOf(type), value)
  }
  return attributes
}

function readTimestamp(node: DerNode): Bytes {
  const [only, ...more] = children(expectTag(node, 0xa1))
  const [type, values] = sequenceOf(only)
  const [token, ...others] = setOf(values)
  if (more.length > 0 || others.length > 0 || oidOf(type) !== OID.signatureTimeStampToken) {
    throw new DerError('an unsigned attribute that is no timestamp')
  }
  return expectTag(token, 0x30).bytes
}

/** The algorithm's identifier; parameters must be absent or NULL. */
function algorithmOf(node: DerNode | undefined): string {
  const [id, parameters] = sequenceOf(node)
  if (parameters && (parameters.tag !== 0x05 || parameters.content.length > 0))
    throw new DerError('parameters')
  return oidOf(id)
}
