import { fail, ok, type Result } from '../result.ts'
import { equalBytes, latin1, sha256, toHex, type Bytes } from '../pki/bytes.ts'
import { parseCertificate, type Certificate } from '../pki/certificate.ts'
import { signedData } from '../pki/cms_write.ts'
import { oidOf, readDer, sequenceOf } from '../pki/der_read.ts'
import { OID } from '../pki/oids.ts'
import { randomNonce, timestampRequest } from '../pki/timestamp_request.ts'
import { tokenOfResponse, verifyTimestamp, type TimestampFailure } from '../pki/timestamp_verify.ts'
import { signatureToDer, verifySignature } from '../pki/verify_signature.ts'
import { CosFile } from './cos/file.ts'
import { sizeOf } from './cos/increment.ts'
import type { PreparedSignature } from './sign_prepare.ts'

/** Sends a TimeStampReq and returns the TimeStampResp (RFC 3161): the embedded authority, or one by HTTP. */
export type Timestamper = (request: Bytes) => Promise<Bytes>

export type CompleteError = {
  code: TimestampFailure | 'signature_invalid' | 'contents_too_small' | 'invariant_broken'
}

export type CompletedSignature = { pdf: Bytes; signedAt: Date }

/**
 * Embeds what the signer's key returned: r‖s of 64 bytes for P-256, the plain value for RSA. The signature is
 * verified before a timestamp is asked for, the token before it is embedded (imprint, nonce, chain, purpose),
 * and the result is checked against the revision it extends.
 */
export async function completeSignature(
  prepared: PreparedSignature,
  input: { signature: Bytes; timestamp: Timestamper; timestampRoots: readonly Certificate[] }
): Promise<Result<CompletedSignature, CompleteError>> {
  const signer = parseCertificate(prepared.certificates[0]!)
  const elliptic = isElliptic(signer)
  const signature = elliptic ? signatureToDer(input.signature) : input.signature
  if (!(await verifySignature(signer.publicKeyInfo, signature, prepared.signedAttributes)))
    return fail({ code: 'signature_invalid' })
  const stamped = await stamp(signature, input)
  if (!stamped.ok) return stamped
  const cms = signedData({
    contentType: OID.data,
    certificates: prepared.certificates,
    signedAttributes: prepared.signedAttributes,
    signatureAlgorithm: elliptic ? OID.ecdsaWithSha256 : OID.sha256WithRsa,
    signature,
    timestampToken: stamped.value.token,
  })
  const [, start, end] = prepared.byteRange
  if (cms.length * 2 > end - start - 2) return fail({ code: 'contents_too_small' })
  const pdf = prepared.preparedPdf.slice()
  pdf.set(latin1(toHex(cms)), start + 1)
  if (!extendsBase(prepared, pdf)) return fail({ code: 'invariant_broken' })
  return ok({ pdf, signedAt: stamped.value.time })
}

function isElliptic(certificate: Certificate): boolean {
  return oidOf(sequenceOf(sequenceOf(readDer(certificate.publicKeyInfo))[0])[0]) === OID.ecPublicKey
}

async function stamp(
  signature: Bytes,
  input: { timestamp: Timestamper; timestampRoots: readonly Certificate[] }
): Promise<Result<{ token: Bytes; time: Date }, CompleteError>> {
  const imprint = await sha256(signature)
  const nonce = randomNonce()
  const answer = tokenOfResponse(await input.timestamp(timestampRequest(imprint, nonce)))
  if (!answer.ok) return answer
  const verified = await verifyTimestamp({ token: answer.value, imprint, nonce, roots: input.timestampRoots })
  if (!verified.ok) return verified
  return ok({ token: answer.value, time: verified.value.time })
}

/** The old bytes are a prefix, one section was added, and /Size grew with a new object. */
function extendsBase(prepared: PreparedSignature, pdf: Bytes): boolean {
  const base = new CosFile(prepared.preparedPdf.subarray(0, prepared.baseLength))
  const file = new CosFile(pdf)
  return (
    equalBytes(pdf.subarray(0, prepared.baseLength), base.bytes) &&
    file.last === base.last + 1 &&
    sizeOf(file) > sizeOf(base)
  )
}
