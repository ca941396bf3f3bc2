import type { Credential } from './authority.ts'
import { sha256, type Bytes } from './bytes.ts'
import { signedAttributes, signedData } from './cms_write.ts'
import { DerError } from './der_read.ts'
import { bits, generalizedTime, integer, octets, oid, sequence, utf8Text } from './der_write.ts'
import { signRaw } from './keys.ts'
import { OID, TSA_POLICY } from './oids.ts'
import { readTimestampRequest, type TimestampRequest } from './timestamp_request.ts'
import { signatureToDer } from './verify_signature.ts'

/**
 * The embedded time-stamping authority (RFC 3161), for development, tests and demonstration; production
 * configures an external one. `now` is the business clock; `issuers` are the authorities above it but the root.
 */
export type TimestampAuthority = {
  credential: Credential
  issuers: readonly Bytes[]
  now: () => Date
  /** Accuracy claimed, in whole seconds. */
  accuracySeconds: number
}

const BAD_REQUEST = 2

/** TimeStampResp for TimeStampReq bytes: a token, or a refusal (PKIStatus rejection) of what cannot be read. */
export async function answerTimestampRequest(authority: TimestampAuthority, request: Bytes): Promise<Bytes> {
  const parsed = parse(request)
  if (!parsed) {
    // PKIFailureInfo badDataFormat is bit 5.
    return sequence(
      sequence(
        integer(BAD_REQUEST),
        sequence(utf8Text('not a request for a SHA-256 imprint')),
        badDataFormat()
      )
    )
  }
  return sequence(sequence(integer(0)), await timestampToken(authority, parsed))
}

function badDataFormat(): Bytes {
  const failure = bits(Uint8Array.of(0x04))
  failure[2] = 2
  return failure
}

function parse(request: Bytes): TimestampRequest | undefined {
  try {
    return readTimestampRequest(request)
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}

/** The token itself: CMS over TSTInfo, with ESSCertIDv2 and, when asked for, the certificates. */
export async function timestampToken(
  authority: TimestampAuthority,
  request: TimestampRequest
): Promise<Bytes> {
  const serial = crypto
    .getRandomValues(new Uint8Array(16))
    .reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)
  const info = sequence(
    integer(1),
    oid(TSA_POLICY),
    sequence(sequence(oid(OID.sha256)), octets(request.imprint)),
    integer(serial),
    generalizedTime(authority.now()),
    sequence(integer(authority.accuracySeconds)),
    ...(request.nonce === undefined ? [] : [integer(request.nonce)])
  )
  const { certificate, privateKey } = authority.credential
  const attributes = await signedAttributes({
    contentType: OID.tstInfo,
    messageDigest: await sha256(info),
    certificate,
  })
  return signedData({
    contentType: OID.tstInfo,
    content: info,
    certificates: [certificate, ...authority.issuers],
    signedAttributes: attributes,
    signatureAlgorithm: OID.ecdsaWithSha256,
    signature: signatureToDer(await signRaw(privateKey, attributes)),
  })
}
