import type { Actor } from '#core/actor'
import { getBlob, putBlob } from '#core/files/blob_store'
import { newId } from '#core/ids'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { parseCertificate } from '#lib/pki/certificate'
import type { Bytes } from '#lib/pki/bytes'
import { completeSignature, type CompleteError } from '#lib/pdf/sign_complete'
import { verifyReportPdf } from '#lib/pdf/verify_report_pdf'
import { fail, ok, type Result } from '#lib/result'
import { clearDeadline } from '#messages/public'
import { askTimestamp, certificatePem, livingCertificate, ownCertificate } from '#pki/public'
import { reviewStream, type AdvanceError } from '#reviews/public'
import {
  endLease,
  preparationUnder,
  preparedSignature,
  type KeptPreparation,
  type Lease,
} from '#reports/actions/head_lease'
import { issueReport } from '#reports/actions/issue_report'
import type { EditionRow, ReportRow } from '#reports/models/rows'
import { editionOf, lockReport, membersOf, revisionsOf } from '#reports/queries/load_report'

export type CompleteRefusal =
  | { code: 'E_NOT_SIGNING' }
  /** Somebody else's turn has begun, or the head has moved: prepare again, the person need not confirm again. */
  | { code: 'E_LEASE_LOST' }
  | { code: 'E_CERTIFICATE_REVOKED' }
  | { code: 'E_SIGNATURE_REFUSED'; why: CompleteError['code'] | 'file_not_genuine' }
  | AdvanceError

export type Completed = { seq: number; sha256: string; signedAt: string; issued: boolean }
type Signed = { pdf: Bytes; digest: string; signedAt: Date; kept: KeptPreparation }

/**
 * REP-2: takes the signature that the member's browser made, adds the timestamp, has the whole file verified,
 * and moves the head, all or nothing. Killed at any moment, the head is the old one or the new one.
 */
export async function completeFor(
  actor: Actor,
  report: ReportRow,
  input: { leaseToken: string; signature: Bytes }
): Promise<Result<Completed, CompleteRefusal>> {
  const edition = await editionOf(report)
  if (report.state !== 'signing' || !edition) return fail({ code: 'E_NOT_SIGNING' })
  const lease = { token: input.leaseToken, userId: actor.userId }
  const kept = await preparationUnder(edition.id, lease)
  if (!kept) return fail({ code: 'E_LEASE_LOST' })
  const signed = await embed(kept, input.signature)
  if (!signed.ok) return signed
  return recordResult(actor, (unit) => moveHead(unit, report.id, edition.id, lease, signed.value))
}

async function embed(kept: KeptPreparation, signature: Bytes): Promise<Result<Signed, CompleteRefusal>> {
  const base = (await getBlob(kept.parentSha256)) as Bytes
  const completed = await completeSignature(preparedSignature(kept, base), {
    signature,
    timestamp: askTimestamp,
    timestampRoots: [parseCertificate(await ownCertificate('root'))],
  })
  if (!completed.ok) return fail({ code: 'E_SIGNATURE_REFUSED', why: completed.error.code })
  const { pdf, signedAt } = completed.value
  const verdict = await verifyReportPdf(
    pdf,
    { roots: [await certificatePem('root')] },
    { allowIncomplete: true }
  )
  if (verdict.verdict !== 'genuine' || verdict.signatures.at(-1)?.field !== kept.fieldName)
    return fail({ code: 'E_SIGNATURE_REFUSED', why: 'file_not_genuine' })
  return ok({ pdf, digest: await putBlob(pdf), signedAt, kept })
}

/** Compare-and-swap: the lease still stands and the head is still what the signature was made over. */
async function moveHead(
  unit: UnitOfWork,
  reportId: string,
  editionId: string,
  lease: Lease,
  signed: Signed
): Promise<Result<Completed, CompleteRefusal>> {
  const { kept, digest } = signed
  const report = await lockReport(unit.trx, reportId)
  const edition = await editionOf(report, unit.trx)
  if (report.state !== 'signing' || edition?.id !== editionId) return fail({ code: 'E_NOT_SIGNING' })
  if (!(await endLease(unit.trx, editionId, lease)) || edition.head_sha256 !== kept.parentSha256)
    return fail({ code: 'E_LEASE_LOST' })
  const certificate = await livingCertificate(lease.userId, unit.trx)
  if (certificate?.sha256 !== kept.certificateSha256) return fail({ code: 'E_CERTIFICATE_REVOKED' })
  const seq = await keepRevision(unit, edition, signed)
  unit.entry({
    stream: reviewStream(report.review_id),
    type: 'report.signed',
    payload: {
      report: reportId,
      edition: edition.number,
      revision: seq,
      member: kept.memberId,
      file: digest,
    },
  })
  await clearDeadline(unit, { objectId: reportId, kind: 'report_to_sign', userId: lease.userId })
  const issued = await allHaveSigned(unit, report, edition)
  if (issued) {
    const done = await issueReport(unit, report, edition)
    if (!done.ok) return done
  }
  return ok({ seq, sha256: digest, signedAt: signed.signedAt.toISOString(), issued })
}

async function keepRevision(
  unit: UnitOfWork,
  edition: EditionRow,
  { kept, digest, pdf, signedAt }: Signed
): Promise<number> {
  const seq = edition.head_seq + 1
  await unit.insert('report_revisions', {
    id: newId(),
    edition_id: edition.id,
    seq,
    parent_sha256: kept.parentSha256,
    sha256: digest,
    size: pdf.length,
    member_id: kept.memberId,
    field: kept.fieldName,
    certificate_sha256: kept.certificateSha256,
    signed_at: signedAt,
  })
  await unit.update('report_editions', edition.id, { head_seq: seq, head_sha256: digest })
  return seq
}

async function allHaveSigned(unit: UnitOfWork, report: ReportRow, edition: EditionRow): Promise<boolean> {
  const members = await membersOf(report.id, unit.trx)
  const signed = new Set((await revisionsOf(edition.id, unit.trx)).map(({ member_id }) => member_id))
  return members.every(({ id }) => signed.has(id))
}
