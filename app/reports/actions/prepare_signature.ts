import type { Actor } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { getBlob } from '#core/files/blob_store'
import { regulation } from '#core/jurisdiction'
import { toBase64 } from '#lib/bytes'
import type { Bytes } from '#lib/pki/bytes'
import type { Handwriting } from '#lib/pdf/sign/appearance'
import { signatureField } from '#lib/pdf/report_document'
import { prepareSignature, type PrepareError } from '#lib/pdf/sign_prepare'
import { fail, ok, type Result } from '#lib/result'
import { livingCertificate, ownCertificate, type LivingCertificate } from '#pki/public'
import { dropLease, keepPreparation, takeLease, type Lease } from '#reports/actions/head_lease'
import { printedSecond } from '#reports/assembly/civil_time'
import { signingOrderFault, type SigningOrderFault } from '#reports/domain/who_may_sign_now'
import type { EditionRow, MemberRow, ReportRow } from '#reports/models/rows'
import { editionOf, membersOf, revisionsOf } from '#reports/queries/load_report'

/** How long one request waits for its turn before it says how many are ahead. */
const PATIENCE_MS = 1200
const LOOK_AGAIN_MS = 40

export type PrepareRefusal =
  | SigningOrderFault
  | { code: 'E_NOT_SIGNING' }
  | { code: 'E_NO_CERTIFICATE' }
  | { code: 'E_OTHER_CERTIFICATE'; certificate: string }
  | { code: 'E_SIGNATURE_TEXT'; why: PrepareError }

export type Preparation =
  | { waiting: true; ahead: number }
  | {
      waiting: false
      leaseToken: string
      certifiedSha256: string
      /** The bytes behind the certified revision: signatures so far, and this one with its place left empty. */
      tailBase64: string
      attributesBase64: string
    }

/**
 * REP-2: writes one member's signature into the newest revision, all but the signature itself, and hands out the
 * attributes to be signed. One at a time; who comes while another signs waits here, then is told how many are
 * ahead and asks again.
 */
export async function prepareFor(
  actor: Actor,
  report: ReportRow,
  input: { certificateSha256: string; handwriting: Handwriting | null }
): Promise<Result<Preparation, PrepareRefusal>> {
  const edition = await editionOf(report)
  if (report.state !== 'signing' || !edition) return fail({ code: 'E_NOT_SIGNING' })
  const members = await membersOf(report.id)
  const fault = await orderFault(edition, members, actor)
  if (fault) return fail(fault)
  const certificate = await livingCertificate(actor.userId)
  if (!certificate) return fail({ code: 'E_NO_CERTIFICATE' })
  if (certificate.sha256 !== input.certificateSha256)
    return fail({ code: 'E_OTHER_CERTIFICATE', certificate: certificate.sha256 })
  const lease = await waitForLease(edition.id, actor.userId)
  if ('ahead' in lease) return ok({ waiting: true, ahead: lease.ahead })
  const own = members.find(({ user_id }) => user_id === actor.userId)!
  return prepareUnder(lease, report, own, certificate, input.handwriting)
}

async function orderFault(
  edition: EditionRow,
  members: readonly MemberRow[],
  actor: Actor
): Promise<SigningOrderFault | null> {
  const signed = new Set((await revisionsOf(edition.id)).map(({ member_id }) => member_id))
  const own = members.find(({ user_id }) => user_id === actor.userId)
  const signers = members.map(({ id, role }) => ({ id, role, signed: signed.has(id) }))
  return signingOrderFault(signers, own?.id ?? '', edition.leader_last)
}

async function waitForLease(editionId: string, userId: string): Promise<Lease | { ahead: number }> {
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const lease = await takeLease(editionId, userId)
    if ('token' in lease || performance.now() > until) return lease
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}

/** Reads the head only now: before the lease it could still have moved. */
async function prepareUnder(
  lease: Lease,
  report: ReportRow,
  member: MemberRow,
  certificate: LivingCertificate,
  handwriting: Handwriting | null
): Promise<Result<Preparation, PrepareRefusal>> {
  const edition = (await editionOf(report))!
  const head = (await getBlob(edition.head_sha256)) as Bytes
  const now = businessNow()
  const time = printedSecond(now, (await regulation()).utc_offset_minutes)
  const prepared = await prepareSignature({
    pdf: head,
    fieldName: signatureField(member.position),
    certificates: [certificate.der, await ownCertificate('issuing')],
    appearance: { name: member.name, time, ...(handwriting ? { handwriting } : {}) },
    now,
  })
  if (!prepared.ok) {
    await dropLease(edition.id, lease)
    return fail({ code: 'E_SIGNATURE_TEXT', why: prepared.error })
  }
  const of = { parentSha256: edition.head_sha256, memberId: member.id, certificateSha256: certificate.sha256 }
  if (!(await keepPreparation(edition.id, lease, prepared.value, of))) return ok({ waiting: true, ahead: 1 })
  const certified = (await getBlob(edition.certified_sha256)).length
  return ok({
    waiting: false,
    leaseToken: lease.token,
    certifiedSha256: edition.certified_sha256,
    tailBase64: toBase64(prepared.value.preparedPdf.subarray(certified)),
    attributesBase64: toBase64(prepared.value.signedAttributes),
  })
}
