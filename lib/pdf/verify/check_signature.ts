import { equalBytes, fromLatin1, sha256, type Bytes } from '../../pki/bytes.ts'
import {
  commonNameOf,
  extendedKeyUsagesOf,
  hasKeyUsage,
  policiesOf,
  type Certificate,
} from '../../pki/certificate.ts'
import { buildChain } from '../../pki/chain.ts'
import { readSignedData, type SignedMessage } from '../../pki/cms_read.ts'
import { DerError, octetsOf, oidOf, readDerPrefix } from '../../pki/der_read.ts'
import { namesCertificate } from '../../pki/ess.ts'
import { OID, POLICY } from '../../pki/oids.ts'
import type { RevocationList } from '../../pki/revocation_list_read.ts'
import { verifyTimestamp } from '../../pki/timestamp_verify.ts'
import { verifySignature } from '../../pki/verify_signature.ts'
import type { CosFile } from '../cos/file.ts'
import { entry, numbersOf, type CosDict, type CosString } from '../cos/values.ts'
import type { SignatureField } from '../sign/fields.ts'
import type { FindingCode } from './findings.ts'
import { claimedTime } from './signature_dictionary.ts'

export type SignatureCheck = {
  signer: Certificate | undefined
  time: Date | undefined
  trusted: boolean
  failures: FindingCode[]
}

const CLAIM_TOLERANCE_MS = 3_600_000
const DIGITAL_SIGNATURE = 0
const NON_REPUDIATION = 1

type Input = {
  file: CosFile
  revision: number
  field: SignatureField
  dictionary: CosDict
  shown: Date | undefined
  roots: readonly Certificate[]
  revocations: readonly RevocationList[]
}

/** Everything about one signature by itself: coverage, CMS, signer, chain, purpose, timestamp (PAdES B-T). */
export async function checkSignature(input: Input): Promise<SignatureCheck> {
  const failures: FindingCode[] = []
  const contents = entry(input.dictionary, 'Contents')
  if (contents?.kind !== 'string' || !coversRevision(input, contents)) failures.push('byte_range_invalid')
  if (contents?.kind !== 'string') return { signer: undefined, time: undefined, trusted: false, failures }
  const raw = fromLatin1(input.file.bytes.subarray(contents.start + 1, contents.end - 1))
  if (!/^[0-9a-f]*$/.test(raw)) failures.push('contents_not_canonical')
  const message = readMessage(contents.bytes, failures)
  if (!message) return { signer: undefined, time: undefined, trusted: false, failures }
  await checkMessage(message, await coveredDigest(input, contents), failures)
  const stamp = await checkTimestamp(message, input, failures)
  const trusted = await checkSigner(message, stamp?.time, input, failures)
  return { signer: message.signer, time: stamp?.time, trusted: trusted && stamp?.trusted === true, failures }
}

/** The gap is exactly the /Contents string, brackets included, and the rest is the whole revision. */
function coversRevision({ file, revision, dictionary }: Input, contents: CosString): boolean {
  const range = numbersOf(entry(dictionary, 'ByteRange'))
  const { end } = file.sections[revision]!
  const due = [0, contents.start, contents.end, end - contents.end]
  return (
    contents.hex &&
    contents.start > file.sections[revision - 1]!.end &&
    range?.length === 4 &&
    due.every((number, index) => range[index] === number)
  )
}

function coveredDigest({ file, revision }: Input, contents: CosString): Promise<Bytes> {
  const { end } = file.sections[revision]!
  return sha256(file.bytes.subarray(0, contents.start), file.bytes.subarray(contents.end, end))
}

function readMessage(contents: Bytes, failures: FindingCode[]): SignedMessage | undefined {
  try {
    const { node, end } = readDerPrefix(contents)
    if (contents.subarray(end).some((byte) => byte !== 0)) failures.push('contents_padding')
    return readSignedData(node.bytes)
  } catch (error) {
    if (!(error instanceof DerError)) throw error
    failures.push('cms_malformed')
    return undefined
  }
}

async function checkMessage(message: SignedMessage, digest: Bytes, failures: FindingCode[]): Promise<void> {
  const { attributes, signer } = message
  const type = attributes.get(OID.contentType)
  const claimed = attributes.get(OID.messageDigest)
  const named = attributes.get(OID.signingCertificateV2)
  if (
    message.contentType !== OID.data ||
    message.content ||
    attributes.size !== 3 ||
    !type ||
    !claimed ||
    !named ||
    oidOf(type) !== OID.data
  ) {
    failures.push('cms_attributes')
    return
  }
  if (!equalBytes(octetsOf(claimed), digest)) failures.push('digest_differs')
  if (!(await namesCertificate(named, signer.der))) failures.push('signing_certificate_differs')
  if (!(await verifySignature(signer.publicKeyInfo, message.signature, message.signedAttributes)))
    failures.push('signature_invalid')
}

async function checkTimestamp(
  message: SignedMessage,
  input: Input,
  failures: FindingCode[]
): Promise<{ time: Date; trusted: boolean } | undefined> {
  if (!message.timestampToken) return void failures.push('timestamp_missing')
  const imprint = await sha256(message.signature)
  const stamp = await verifyTimestamp({ token: message.timestampToken, imprint, roots: input.roots })
  if (!stamp.ok) return void failures.push(stamp.error.code)
  const near = (time: Date | undefined) =>
    time !== undefined && Math.abs(time.getTime() - stamp.value.time.getTime()) <= CLAIM_TOLERANCE_MS
  if (!near(claimedTime(input.dictionary)) || (input.shown && !near(input.shown)))
    failures.push('claimed_time_differs')
  if (isRevoked(stamp.value.chain, input.revocations, stamp.value.time)) failures.push('certificate_revoked')
  return stamp.value
}

async function checkSigner(
  message: SignedMessage,
  time: Date | undefined,
  input: Input,
  failures: FindingCode[]
): Promise<boolean> {
  const { signer } = message
  const { field } = input
  const policy = field.kind === 'seal' ? POLICY.seal : POLICY.person
  const signs = hasKeyUsage(signer, DIGITAL_SIGNATURE) && hasKeyUsage(signer, NON_REPUDIATION)
  if (
    !signs ||
    !extendedKeyUsagesOf(signer).includes(OID.documentSigning) ||
    !policiesOf(signer).includes(policy)
  )
    failures.push('certificate_wrong_purpose')
  const roster = signer.subjectNames.get(OID.serialNumber) ?? ''
  if (
    field.expected &&
    (commonNameOf(signer) !== field.expected.name || roster !== field.expected.rosterNumber)
  )
    failures.push('signer_unexpected')
  if (!time) return false
  const path = await buildChain(signer, message.certificates, input.roots, time)
  if (!path.ok) {
    failures.push(path.code)
    return false
  }
  // Nothing signs the set of certificates: one that the chain does not need was put there by somebody else.
  if (message.certificates.some((one) => !path.chain.some((used) => equalBytes(used.der, one.der))))
    failures.push('cms_unexpected_certificate')
  if (isRevoked(path.chain, input.revocations, time)) failures.push('certificate_revoked')
  return path.trusted
}

function isRevoked(chain: readonly Certificate[], lists: readonly RevocationList[], time: Date): boolean {
  return chain.some((certificate) =>
    lists.some((list) => {
      const revoked = equalBytes(list.issuer, certificate.issuer)
        ? list.revoked.get(certificate.serial)
        : undefined
      return revoked !== undefined && revoked <= time
    })
  )
}
