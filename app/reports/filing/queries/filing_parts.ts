import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { FiledPart } from '#reports/domain/filing_is_complete'
import type { FilingImageRow, FilingRow } from '#reports/revision/models/rows'
import { concludedAt, meetingRecord } from '#reports/revision/sources'

export async function filingOf(reviewId: string, trx?: TransactionClientContract): Promise<FilingRow | null> {
  return (trx ?? db).from('filings').where('review_id', reviewId).first()
}

/** Oldest first; what was taken back is left out. */
export async function imagesOf(filingId: string, trx?: TransactionClientContract): Promise<FilingImageRow[]> {
  return (trx ?? db)
    .from('filing_images')
    .where('filing_id', filingId)
    .whereNull('removed_at')
    .orderBy('uploaded_at')
    .orderBy('id')
}

/** REP-5: when each part came in. Derived from what is in the system, so nobody ticks anything off. */
export async function filedParts(
  filing: FilingRow,
  trx?: TransactionClientContract
): Promise<Partial<Record<FiledPart, Date>>> {
  const client = trx ?? db
  const review = await client.from('reviews').where('id', filing.review_id).firstOrFail()
  const report = await client.from('reports').where('review_id', filing.review_id).first()
  const meeting = await meetingRecord(filing.review_id, trx)
  const images = await imagesOf(filing.id, trx)
  const concluded = review.conclusion
    ? ((await concludedAt(filing.review_id, trx)) ?? filing.meeting_ended_at)
    : null
  const first = (kind: string) => images.find((image) => image.kind === kind)?.uploaded_at ?? null
  const parts: Record<FiledPart, Date | null> = {
    conclusion: concluded,
    report: report?.issued_at ?? null,
    sign_in_record: earliest(meeting?.signedInAt, first('sign_in_sheet')),
    photographs: earliest(meeting?.photographedAt, first('photograph')),
  }
  return Object.fromEntries(Object.entries(parts).filter(([, at]) => at !== null))
}

function earliest(...given: (Date | null | undefined)[]): Date | null {
  const times = given.flatMap((at) => at?.getTime() ?? [])
  return times.length > 0 ? new Date(Math.min(...times)) : null
}
