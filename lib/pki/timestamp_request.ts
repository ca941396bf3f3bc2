import type { Bytes } from './bytes.ts'
import { DerError, expectTag, integerOf, octetsOf, oidOf, readDer, sequenceOf } from './der_read.ts'
import { integer, octets, oid, sequence, yes } from './der_write.ts'
import { OID } from './oids.ts'

export type TimestampRequest = { imprint: Bytes; nonce: bigint | undefined; certificateWanted: boolean }

/** A positive nonce of 64 random bits. */
export function randomNonce(): bigint {
  const [value] = crypto.getRandomValues(new BigUint64Array(1))
  return value!
}

/** TimeStampReq (RFC 3161 2.4.1) for a SHA-256 imprint, asking for the certificate. */
export function timestampRequest(imprint: Bytes, nonce: bigint): Bytes {
  return sequence(integer(1), sequence(sequence(oid(OID.sha256)), octets(imprint)), integer(nonce), yes())
}

/** Throws DerError when it is no request for a SHA-256 imprint of 32 bytes. */
export function readTimestampRequest(der: Bytes): TimestampRequest {
  const [version, messageImprint, ...optional] = sequenceOf(readDer(der))
  if (integerOf(version) !== 1n) throw new DerError('version')
  const imprint = readImprint(messageImprint)
  const nonce = optional.find((node) => node.tag === 0x02)
  const certificate = optional.find((node) => node.tag === 0x01)
  return { imprint, nonce: nonce && integerOf(nonce), certificateWanted: certificate?.content[0] === 0xff }
}

/** MessageImprint, SHA-256 only. */
export function readImprint(node: Parameters<typeof expectTag>[0]): Bytes {
  const [algorithm, hashed] = sequenceOf(node)
  const imprint = octetsOf(hashed)
  if (oidOf(sequenceOf(algorithm)[0]) !== OID.sha256 || imprint.length !== 32) throw new DerError('imprint')
  return imprint
}
