import type { Actor } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { putBlob } from '#core/files/blob_store'
import { newId } from '#core/ids'
import { regulation } from '#core/jurisdiction'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { sha256, toHex } from '#lib/bytes'
import { parseCertificate } from '#lib/pki/certificate'
import type { ReportDocument } from '#lib/pdf/report_document'
import { SEAL_FIELD } from '#lib/pdf/report_document'
import { reportPdf, type ReportError } from '#lib/pdf/report_pdf'
import { certify } from '#lib/pdf/sign_certify'
import { fail, ok, type Result } from '#lib/result'
import { clearDeadline, notify, setDeadline } from '#messages/public'
import { askTimestamp, ownCertificate, ownCredential } from '#pki/public'
import {
  advance,
  filingDeadline,
  reviewStream,
  setReviewFacts,
  type AdvanceError,
  type Conclusion,
} from '#reviews/public'
import { assembleReport, conclusionOf } from '#reports/assembly/assemble_report'
import { printedSecond } from '#reports/assembly/civil_time'
import { draftOf } from '#reports/assembly/report_draft'
import { endBuild, tellBuildStep } from '#reports/actions/build_steps'
import { reportFaults, type ReportFault } from '#reports/domain/report_is_ready'
import type { MemberRow, ReportRow } from '#reports/models/rows'
import { lockReport, membersOf } from '#reports/queries/load_report'
import { reportFacts } from '#reports/queries/report_facts'

const SEAL_NAME = '平台电子签章'
const REMIND_BEFORE_MS = 24 * 3_600_000

export type CertifyError =
  | { code: 'E_NOT_THE_LEADER' | 'E_ALREADY_CERTIFIED' }
  | { code: 'E_TEXTS_CHANGED'; revision: number }
  | { code: 'E_REPORT_INCOMPLETE'; faults: ReportFault[] }
  | { code: 'E_REPORT_TEXT'; why: ReportError }
  | AdvanceError

type Certified = {
  report: ReportRow
  pdf: Uint8Array
  document: ReportDocument
  verdict: Conclusion
  at: Date
  endedAt: Date
}

/**
 * Rules REP-1 and REP-2: sets the report, has the platform's seal certify it, and opens the signing. The text is
 * final from here on; what is stored is the certified revision, whose SHA-256 is the report's fingerprint.
 */
export async function certifyReport(
  actor: Actor,
  report: ReportRow,
  input: { revision: number }
): Promise<Result<{ edition: number; sha256: string }, CertifyError>> {
  const members = await membersOf(report.id)
  if (members.find(({ role }) => role === 'leader')?.user_id !== actor.userId)
    return fail({ code: 'E_NOT_THE_LEADER' })
  if (report.state !== 'writing') return fail({ code: 'E_ALREADY_CERTIFIED' })
  if (report.texts_revision !== input.revision)
    return fail({ code: 'E_TEXTS_CHANGED', revision: report.texts_revision })
  try {
    await tellBuildStep(report.id, 'collecting')
    const made = await makeCertified(report)
    if (!made.ok) return made
    await tellBuildStep(report.id, 'keeping')
    const digest = await putBlob(made.value.pdf)
    return await recordResult(actor, (unit) => openSigning(unit, made.value, members, digest))
  } finally {
    await endBuild(report.id)
  }
}

async function makeCertified(report: ReportRow): Promise<Result<Certified, CertifyError>> {
  const at = businessNow()
  const facts = await reportFacts(report, at)
  const document = assembleReport(facts)
  const verdict = conclusionOf(facts)
  const faults = reportFaults(draftOf(document, verdict), facts.regulation)
  if (verdict === 'REVISE' && document.mustFix.length === 0)
    faults.push({ code: 'item_incomplete', item: '1' })
  if (faults.length > 0) return fail({ code: 'E_REPORT_INCOMPLETE', faults })
  await tellBuildStep(report.id, 'setting')
  const plain = await reportPdf(document)
  if (!plain.ok) return fail({ code: 'E_REPORT_TEXT', why: plain.error })
  await tellBuildStep(report.id, 'sealing')
  const sealed = await certify({
    pdf: plain.value,
    seal: await ownCredential('seal'),
    issuers: [await ownCertificate('issuing')],
    name: SEAL_NAME,
    time: printedSecond(at, facts.regulation.utc_offset_minutes),
    now: at,
    timestamp: askTimestamp,
    timestampRoots: [parseCertificate(await ownCertificate('root'))],
  })
  // Nothing that anybody typed can make the seal fail: this is a fault of the installation.
  if (!sealed.ok) throw new Error(`The seal could not certify: ${JSON.stringify(sealed.error)}`)
  return ok({
    report,
    pdf: sealed.value.pdf,
    document,
    verdict,
    at: sealed.value.signedAt,
    endedAt: facts.meeting.endedAt,
  })
}

async function openSigning(
  unit: UnitOfWork,
  made: Certified,
  members: readonly MemberRow[],
  digest: string
): Promise<Result<{ edition: number; sha256: string }, CertifyError>> {
  const report = await lockReport(unit.trx, made.report.id)
  if (report.state !== 'writing') return fail({ code: 'E_ALREADY_CERTIFIED' })
  if (report.texts_revision !== made.report.texts_revision)
    return fail({ code: 'E_TEXTS_CHANGED', revision: report.texts_revision })
  const rules = await regulation()
  const number = report.edition + 1
  const editionId = newId()
  await unit.insert('report_editions', {
    id: editionId,
    report_id: report.id,
    number,
    verdict: made.verdict,
    leader_last: rules.values['report.leader_signs_last'].value,
    certified_sha256: digest,
    certified_at: made.at,
    document: made.document,
    head_seq: 0,
    head_sha256: digest,
    superseded_at: null,
  })
  await unit.insert('report_revisions', {
    id: newId(),
    edition_id: editionId,
    seq: 0,
    parent_sha256: null,
    sha256: digest,
    size: made.pdf.length,
    member_id: null,
    field: SEAL_FIELD,
    certificate_sha256: toHex(sha256(await ownCertificate('seal'))),
    signed_at: made.at,
  })
  await unit.update('reports', report.id, { state: 'signing', edition: number })
  await setReviewFacts(unit, report.review_id, { conclusion: made.verdict })
  const moved = await advance(unit, {
    reviewId: report.review_id,
    event: 'open_signing',
    as: 'leader',
    payload: { report: report.id, edition: number, certified: digest },
  })
  if (!moved.ok) return moved
  await callSigners(unit, report, made, members)
  return ok({ edition: number, sha256: digest })
}

async function callSigners(
  unit: UnitOfWork,
  report: ReportRow,
  made: Certified,
  members: readonly MemberRow[]
) {
  const params = { plan: made.document.plan.name, number: made.document.number }
  const href = `/reports/${report.id}/sign`
  const dueAt = filingDeadline(made.endedAt, await regulation()).at
  const remindAt = new Date(dueAt.getTime() - REMIND_BEFORE_MS)
  await clearDeadline(unit, { objectId: report.id, kind: 'report_to_write' })
  const userIds = members.map(({ user_id }) => user_id)
  await notify(unit, { userIds, kind: 'report_to_sign', params, href, objectId: report.id })
  for (const userId of userIds)
    await setDeadline(unit, {
      objectId: report.id,
      kind: 'report_to_sign',
      userId,
      params,
      href,
      dueAt,
      remindAt,
    })
  unit.entry({
    stream: reviewStream(report.review_id),
    type: 'report.signers_called',
    payload: { members: members.length },
  })
}
