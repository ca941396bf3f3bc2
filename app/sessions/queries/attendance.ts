import db from '@adonisjs/lucid/services/db'

export interface Attendee {
  readonly userId: string
  readonly name: string
  readonly role: string
  readonly organisation: string
  readonly position: string
  /** Masked: the sheet goes to everybody who holds the report (SEC-1). */
  readonly mobile: string
  readonly isExpert: boolean
  readonly joinedAt: Date
  /** Null while they are there. */
  readonly leftAt: Date | null
  /** Each stay, connections that overlap taken together. */
  readonly stays: readonly { from: Date; until: Date | null }[]
  readonly signedInAt: Date | null
  readonly photoSha256: string | null
}

/** MEET-2: who was there and when, from sockets and the media server's list alike. Experts first, by letter. */
export async function attendanceOf(reviewId: string): Promise<Attendee[]> {
  const spans = await db
    .from('attendance_spans as a')
    .join('users as u', 'u.id', 'a.user_id')
    .leftJoin('session_seats as s', 's.id', 'a.seat_id')
    .where('a.review_id', reviewId)
    .orderByRaw('s.letter NULLS LAST, a.joined_at, a.id')
    .select('a.*', 'u.mobile_masked', 's.position', 's.employer')
  const signIns = await db.from('session_sign_ins').where('review_id', reviewId)
  const ids = [...new Set(spans.map((span) => span.user_id as string))]
  return ids.map((userId) => {
    const own = spans.filter((span) => span.user_id === userId)
    const [first] = own
    const stays = joined(own.map((span) => ({ from: span.joined_at, until: span.left_at })))
    const signIn = signIns.find((row) => row.user_id === userId)
    return {
      userId,
      name: first.name,
      role: own.at(-1).role,
      organisation: first.employer ?? first.organisation ?? '',
      position: first.position ?? '',
      mobile: first.mobile_masked,
      isExpert: own.some((span) => span.seat_id !== null),
      joinedAt: stays[0]!.from,
      leftAt: stays.at(-1)!.until,
      stays,
      signedInAt: signIn?.at ?? null,
      photoSha256: signIn?.photo_sha256 ?? null,
    }
  })
}

type Stay = { from: Date; until: Date | null }

/** Stays that touch or overlap become one. Exported for its test. */
export function joined(spans: readonly Stay[]): Stay[] {
  const stays: Stay[] = []
  for (const span of spans.toSorted((a, b) => a.from.getTime() - b.from.getTime())) {
    const last = stays.at(-1)
    if (!last || (last.until !== null && last.until < span.from)) stays.push({ ...span })
    else if (last.until !== null && (span.until === null || span.until > last.until)) last.until = span.until
  }
  return stays
}
