import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { EditionRow, MemberRow, RefusalRow, ReportRow, RevisionRow } from '#reports/models/rows'

type Client = TransactionClientContract | undefined
const client = (trx: Client) => trx ?? db

/** Locks the report's row: every step that changes it or its head waits here. */
export async function lockReport(trx: TransactionClientContract, id: string): Promise<ReportRow> {
  return trx.from('reports').where('id', id).forUpdate().firstOrFail()
}

export async function reportOfReview(reviewId: string, trx?: Client): Promise<ReportRow | null> {
  return client(trx).from('reports').where('review_id', reviewId).first()
}

/** By place: the leader first. */
export async function membersOf(reportId: string, trx?: Client): Promise<MemberRow[]> {
  return client(trx).from('report_members').where('report_id', reportId).orderBy('position')
}

/** The edition in force, or null before the first was certified. */
export async function editionOf(report: ReportRow, trx?: Client): Promise<EditionRow | null> {
  return client(trx).from('report_editions').where({ report_id: report.id, number: report.edition }).first()
}

export async function revisionsOf(editionId: string, trx?: Client): Promise<RevisionRow[]> {
  return client(trx).from('report_revisions').where('edition_id', editionId).orderBy('seq')
}

export async function refusalsOf(reportId: string, trx?: Client): Promise<(RefusalRow & { name: string })[]> {
  return client(trx)
    .from('report_refusals')
    .join('report_members', 'report_members.id', 'report_refusals.member_id')
    .where('report_refusals.report_id', reportId)
    .orderBy('at')
    .orderBy('report_refusals.id')
    .select('report_refusals.*', 'report_members.name')
}
