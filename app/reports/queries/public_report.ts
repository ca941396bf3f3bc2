import db from '@adonisjs/lucid/services/db'
import { receiptOf } from '#ledger/public'
import { reviewById, reviewStream } from '#reviews/public'
import { siteStatus } from '#plans/public'
import { parsePublicCode } from '#reports/domain/public_code'
import type { EditionRow, ReportRow } from '#reports/models/rows'
import { editionOf, membersOf, revisionsOf } from '#reports/queries/load_report'

/** REP-1: what anybody learns of an issued report by its code. Null for every other code. */
export async function publicReport(code: string) {
  const parsed = parsePublicCode(code)
  const report = parsed ? await db.from('reports').where({ code: parsed, state: 'issued' }).first() : null
  return report ? publicView(report) : null
}

/** The issued report whose file, at any revision of the edition in force, has this SHA-256. */
export async function publicReportByDigest(sha256: string) {
  const row = await db
    .from('report_revisions')
    .join('report_editions', 'report_editions.id', 'report_revisions.edition_id')
    .join('reports', 'reports.id', 'report_editions.report_id')
    .where('report_revisions.sha256', sha256)
    .select(
      'reports.*',
      'report_revisions.sha256 as found',
      'report_editions.head_sha256',
      'report_editions.superseded_at'
    )
    .first()
  if (!row) return null
  // Of a text that somebody refused to sign, or that still waits for signatures, only that much is public.
  if (row.superseded_at) return { standing: 'superseded' as const }
  if (row.state !== 'issued') return { standing: 'not_issued' as const }
  return {
    standing: row.found === row.head_sha256 ? ('issued' as const) : ('earlier_revision' as const),
    report: await publicView(row),
  }
}

async function publicView(report: ReportRow) {
  const edition: EditionRow = (await editionOf(report))!
  const [members, revisions, review, receipt] = await Promise.all([
    membersOf(report.id),
    revisionsOf(edition.id),
    reviewById(report.review_id),
    receiptOf(reviewStream(report.review_id), { certified: edition.certified_sha256 }),
  ])
  const { document } = edition
  const version = await versionOf(report.plan_id, document.annexes.verification[0]?.value)
  return {
    code: report.code,
    number: document.number,
    round: document.round,
    projectName: document.project.name,
    planName: document.plan.name,
    planVersion: document.plan.version,
    conclusion: edition.verdict,
    meeting: { time: document.meeting.time, mode: document.meeting.mode },
    issuedAt: report.issued_at!.toISOString(),
    reviewState: review?.state ?? null,
    site: version ? await siteStatus(version.site_code) : null,
    certifiedSha256: edition.certified_sha256,
    fileSha256: edition.head_sha256,
    certifiedAt: edition.certified_at.toISOString(),
    signatures: members.map(({ id, letter, role, name, employer }) => ({
      letter,
      role,
      name,
      employer,
      at: revisions.find(({ member_id }) => member_id === id)!.signed_at.toISOString(),
    })),
    demonstration: document.demonstration,
    /** Of the entry that told of the certified text. */
    receipt,
  }
}

async function versionOf(planId: string, sha256: string | undefined) {
  return sha256 ? db.from('plan_versions').where({ plan_id: planId, sha256 }).orderBy('number').first() : null
}
