import type { Credential } from './authority.ts'
import type { Bytes } from './bytes.ts'
import { parseCertificate } from './certificate.ts'
import { bits, explicit, generalizedTime, octets, oid, sequence, tlv } from './der_write.ts'
import { signRaw } from './keys.ts'
import { OID } from './oids.ts'
import type { CertificateId } from './ocsp_request.ts'
import type { RevocationReason } from './revocation_list.ts'
import { publicKeyBits, signatureToDer } from './verify_signature.ts'

export type Status =
  | { readonly code: 'good' }
  | { readonly code: 'revoked'; readonly at: Date; readonly reason: RevocationReason }
  /** Not one that this issuer ever issued. */
  | { readonly code: 'unknown' }

export type Answered = { readonly id: CertificateId; readonly status: Status }

export type ResponseInput = {
  /** Certified for this by the issuer of those asked about (RFC 6960 4.2.2.2), or that issuer itself. */
  readonly responder: Credential
  readonly answers: readonly Answered[]
  readonly thisUpdate: Date
  readonly nextUpdate: Date
  readonly nonce?: Bytes | undefined
}

const REASONS: Record<RevocationReason, number> = {
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
}

/** OCSPResponse with a signed BasicOCSPResponse, the responder named by its key and its certificate enclosed. */
export async function statusResponse(input: ResponseInput): Promise<Bytes> {
  const { certificate, privateKey } = input.responder
  const keyBits = publicKeyBits(parseCertificate(certificate).publicKeyInfo).slice()
  // RFC 6960 4.2.1: the key hash of a responder's name is SHA-1.
  const keyHash = new Uint8Array(await crypto.subtle.digest('SHA-1', keyBits))
  const data = sequence(
    explicit(2, octets(keyHash)),
    generalizedTime(input.thisUpdate),
    sequence(...input.answers.map((answer) => single(answer, input))),
    ...(input.nonce ? [explicit(1, sequence(sequence(oid(OID.ocspNonce), octets(octets(input.nonce)))))] : [])
  )
  const signature = signatureToDer(await signRaw(privateKey, data))
  const basic = sequence(
    data,
    sequence(oid(OID.ecdsaWithSha256)),
    bits(signature),
    explicit(0, sequence(certificate))
  )
  return sequence(enumerated(0), explicit(0, sequence(oid(OID.ocspBasic), octets(basic))))
}

export type Refusal = 'malformed_request' | 'internal_error' | 'unauthorized'
const REFUSALS: Record<Refusal, number> = { malformed_request: 1, internal_error: 2, unauthorized: 6 }

/** An answer without a status, unsigned as the protocol has it. */
export function statusRefused(why: Refusal): Bytes {
  return sequence(enumerated(REFUSALS[why]))
}

function single({ id, status }: Answered, { thisUpdate, nextUpdate }: ResponseInput): Bytes {
  return sequence(
    id.der,
    statusChoice(status),
    generalizedTime(thisUpdate),
    explicit(0, generalizedTime(nextUpdate))
  )
}

function statusChoice(status: Status): Bytes {
  if (status.code === 'good') return tlv(0x80)
  if (status.code === 'unknown') return tlv(0x82)
  return tlv(0xa1, generalizedTime(status.at), explicit(0, enumerated(REASONS[status.reason])))
}

const enumerated = (value: number) => tlv(0x0a, Uint8Array.of(value))
