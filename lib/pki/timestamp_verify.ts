import { fail, ok, type Result } from '../result.ts'
import { equalBytes, sha256, type Bytes } from './bytes.ts'
import { extendedKeyUsagesOf, type Certificate } from './certificate.ts'
import { buildChain, type ChainFailure } from './chain.ts'
import { readSignedData, type SignedMessage } from './cms_read.ts'
import { DerError, integerOf, octetsOf, oidOf, readDer, sequenceOf, timeOf } from './der_read.ts'
import { namesCertificate } from './ess.ts'
import { OID } from './oids.ts'
import { readImprint } from './timestamp_request.ts'
import { verifySignature } from './verify_signature.ts'

export type TimestampFailure =
  | 'timestamp_malformed'
  | 'timestamp_imprint_differs'
  | 'timestamp_nonce_differs'
  | 'timestamp_signature_invalid'
  | 'timestamp_wrong_key_usage'
  | 'timestamp_refused'
  | `timestamp_${ChainFailure}`

export type Timestamp = { time: Date; accuracySeconds: number; chain: Certificate[]; trusted: boolean }

/** The token in a TimeStampResp. */
export function tokenOfResponse(
  response: Bytes
): Result<Bytes, { code: 'timestamp_refused' | 'timestamp_malformed' }> {
  try {
    const [status, token] = sequenceOf(readDer(response))
    const granted = integerOf(sequenceOf(status)[0])
    return granted <= 1n && token ? ok(token.bytes.slice()) : fail({ code: 'timestamp_refused' })
  } catch (error) {
    if (error instanceof DerError) return fail({ code: 'timestamp_malformed' })
    throw error
  }
}

/**
 * Checks a token as RFC 3161 2.2 asks: that it is for these bytes and, when a nonce was sent, for this
 * request; its signature; that the certificate's only purpose is time-stamping (critical, 2.3); the chain at genTime.
 */
export async function verifyTimestamp(input: {
  token: Bytes
  imprint: Bytes
  nonce?: bigint
  roots: readonly Certificate[]
}): Promise<Result<Timestamp, { code: TimestampFailure }>> {
  try {
    const message = readSignedData(input.token)
    if (!(await signatureHolds(message))) return fail({ code: 'timestamp_signature_invalid' })
    const info = readInfo(message)
    if (!equalBytes(info.imprint, input.imprint)) return fail({ code: 'timestamp_imprint_differs' })
    if (input.nonce !== undefined && info.nonce !== input.nonce)
      return fail({ code: 'timestamp_nonce_differs' })
    if (!onlyTimestamps(message.signer)) return fail({ code: 'timestamp_wrong_key_usage' })
    const path = await buildChain(message.signer, message.certificates, input.roots, info.time)
    if (!path.ok) return fail({ code: `timestamp_${path.code}` })
    return ok({
      time: info.time,
      accuracySeconds: info.accuracySeconds,
      chain: path.chain,
      trusted: path.trusted,
    })
  } catch (error) {
    if (error instanceof DerError) return fail({ code: 'timestamp_malformed' })
    throw error
  }
}

async function signatureHolds(message: SignedMessage): Promise<boolean> {
  if (!message.content || message.timestampToken) return false
  const type = message.attributes.get(OID.contentType)
  const named = message.attributes.get(OID.signingCertificateV2)
  const digest = octetsOf(message.attributes.get(OID.messageDigest))
  if (message.contentType !== OID.tstInfo || oidOf(type) !== OID.tstInfo) return false
  if (!named || !(await namesCertificate(named, message.signer.der))) return false
  if (!equalBytes(digest, await sha256(message.content))) return false
  return verifySignature(message.signer.publicKeyInfo, message.signature, message.signedAttributes)
}

function readInfo(message: SignedMessage) {
  const [version, policy, imprint, serial, time, ...optional] = sequenceOf(readDer(message.content!))
  if (integerOf(version) !== 1n || integerOf(serial) < 0n) throw new DerError('TSTInfo')
  oidOf(policy)
  const accuracy = optional.find((node) => node.tag === 0x30)
  const seconds = accuracy && sequenceOf(accuracy).find((node) => node.tag === 0x02)
  const nonce = optional.find((node) => node.tag === 0x02)
  return {
    imprint: readImprint(imprint),
    time: timeOf(time),
    accuracySeconds: seconds ? Number(integerOf(seconds)) : 0,
    nonce: nonce && integerOf(nonce),
  }
}

function onlyTimestamps(certificate: Certificate): boolean {
  const usages = extendedKeyUsagesOf(certificate)
  const critical = certificate.extensions.get(OID.extendedKeyUsage)?.critical === true
  return critical && usages.length === 1 && usages[0] === OID.timeStamping
}
