import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

export interface MeetingRecord {
  /** The version that the panel reviewed. */
  readonly versionId: string
  readonly endedAt: Date
  /** When the last of those who sat had signed in; null while somebody who sits has not. */
  readonly signedInAt: Date | null
  /** The first photograph taken at sign-in. */
  readonly photographedAt: Date | null
}

const MEETING = `
  SELECT s.version_id, s.ended_at,
    (SELECT CASE WHEN count(*) > 0 AND bool_and(i.at IS NOT NULL) THEN max(i.at) END
       FROM session_seats t LEFT JOIN session_sign_ins i ON i.review_id = t.review_id AND i.user_id = t.user_id
       WHERE t.review_id = s.review_id AND t.sits AND t.left_at IS NULL) AS signed_in_at,
    (SELECT min(i.at) FROM session_sign_ins i WHERE i.review_id = s.review_id AND i.photo_sha256 IS NOT NULL) AS photographed_at
  FROM review_sessions s WHERE s.review_id = ? AND s.ended_at IS NOT NULL`

/** What the meeting left behind that filing asks for; null while it has not ended. */
export async function meetingRecord(
  reviewId: string,
  trx?: TransactionClientContract
): Promise<MeetingRecord | null> {
  const { rows } = await (trx ?? db).rawQuery(MEETING, [reviewId])
  if (!rows[0]) return null
  const { version_id, ended_at, signed_in_at, photographed_at } = rows[0]
  return {
    versionId: version_id,
    endedAt: ended_at,
    signedInAt: signed_in_at,
    photographedAt: photographed_at,
  }
}

/** When the panel concluded; an adjourned meeting may conclude later than it first ended. */
export async function concludedAt(reviewId: string, trx?: TransactionClientContract): Promise<Date | null> {
  const row = await (trx ?? db)
    .from('review_transitions')
    .where({ review_id: reviewId, event: 'conclude' })
    .max('at as at')
    .first()
  return row?.at ?? null
}
