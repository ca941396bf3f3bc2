import db from '@adonisjs/lucid/services/db'
import type { ConclusionCode } from '#lib/room/words'
import type { OpinionRow, SeatRow, SessionRow } from '#sessions/models/rows'
import { attendanceOf, type Attendee } from '#sessions/queries/attendance'
import { opinionText } from '#sessions/domain/opinion_text'

export interface MeetingRecord {
  readonly versionId: string
  readonly startedAt: Date
  readonly endedAt: Date
  readonly mode: 'remote' | 'on_site'
  readonly place: string
  /** Who led through the meeting for the organiser or its agency; empty where nobody of theirs came. */
  readonly host: string
  readonly survey: string
  readonly seats: readonly RecordedSeat[]
  readonly opinions: readonly RecordedOpinion[]
  readonly items: readonly RecordedItem[]
  /** Numbers of the listed defects that stand (CONC-3). */
  readonly severeDefects: readonly string[]
  /** All that were raised, with what became of them. */
  readonly defectHistory: readonly {
    label: string
    defect: string
    stands: boolean
    act: string | null
    page: number | null
    reason: string | null
  }[]
  readonly judgements: SessionRow['judgements']
  readonly conclusion: {
    readonly code: ConclusionCode
    readonly reasons: string
    readonly dissents: readonly { letter: string; conclusion: ConclusionCode; reason: string }[]
  }
  readonly votes: readonly { letter: string; conclusion: ConclusionCode; reason: string | null; at: Date }[]
  readonly attendance: readonly Attendee[]
  /** MEET-2: whom the regulation requires, and who of them was waived with which reason. */
  readonly required: readonly {
    code: string
    name: string
    delegate: boolean
    waivedBecause: string | null
  }[]
}

export interface RecordedSeat {
  readonly seatId: string
  readonly userId: string
  readonly letter: string
  readonly role: 'leader' | 'expert'
  readonly name: string
  readonly employer: string
  readonly position: string
  readonly title: string
  readonly specialty: string
  readonly certificateNo: string
  readonly rosterNo: string
}

export interface RecordedOpinion {
  readonly opinionId: string
  readonly label: string
  readonly letter: string
  readonly place: string
  readonly page: number | null
  readonly text: string
  readonly basis: string
  readonly kind: string
  readonly itemId: string | null
  readonly leftOutBecause: string | null
  readonly answer: { agrees: boolean; reason: string | null } | null
  readonly submittedAt: Date
}

export interface RecordedItem {
  readonly itemId: string
  readonly number: number
  readonly kind: 'must_fix' | 'advice'
  /** A defect that stands: the item names it. */
  readonly defect: string | null
  readonly heading: string
  readonly text: string
  readonly place: string
  readonly page: number | null
  readonly basis: string
  readonly sources: readonly string[]
  readonly objections: readonly { letter: string; reason: string }[]
}

/** The meeting as it ended, for the report and for supervision; null before its conclusion. */
export async function meetingRecord(reviewId: string): Promise<MeetingRecord | null> {
  const session: SessionRow | null = await db
    .from('review_sessions')
    .where('review_id', reviewId)
    .whereNotNull('conclusion')
    .first()
  if (!session?.started_at || !session.ended_at || !session.conclusion) return null
  const seats: SeatRow[] = await db.from('session_seats').where('review_id', reviewId).orderBy('letter')
  const letterOf = (seatId: string) => seats.find((seat) => seat.id === seatId)?.letter ?? ''
  const opinions: OpinionRow[] = await db
    .from('session_opinions')
    .where('review_id', reviewId)
    .whereNotNull('revealed_at')
  opinions.sort((a, b) => letterOf(a.seat_id).localeCompare(letterOf(b.seat_id)) || a.number - b.number)
  const attendance = await attendanceOf(reviewId)
  const votes = await lastVotes(reviewId, seats)
  const attendees = await db.from('session_attendees').where('review_id', reviewId).orderBy('code')
  return {
    versionId: session.version_id,
    startedAt: session.started_at,
    endedAt: session.ended_at,
    mode: session.mode,
    place: session.place,
    host: attendance.find((one) => one.role === 'host' || one.role === 'scribe')?.name ?? '',
    survey: '',
    seats: seats.filter((seat) => seat.sits && seat.left_at === null).map(toRecordedSeat),
    opinions: opinions.map((opinion) => toRecordedOpinion(opinion, letterOf(opinion.seat_id))),
    items: await itemsOf(reviewId, opinions, letterOf),
    severeDefects: [...new Set(opinions.filter(stands).map((opinion) => opinion.defect!))],
    defectHistory: await defectsOf(reviewId, opinions),
    judgements: session.judgements,
    conclusion: {
      code: session.conclusion,
      reasons: session.reasons ?? '',
      dissents: (session.dissent ?? []).map(({ seatId, reason }) => ({
        letter: letterOf(seatId),
        conclusion: votes.find((vote) => vote.letter === letterOf(seatId))?.conclusion ?? session.conclusion!,
        reason,
      })),
    },
    votes,
    attendance,
    required: attendees.map((row) => ({
      code: row.code,
      name: row.name,
      delegate: row.delegate,
      waivedBecause: row.waived_because,
    })),
  }
}

const stands = (opinion: OpinionRow) =>
  opinion.kind === 'severe_defect' && opinion.settled_kind === null && opinion.defect !== null

async function lastVotes(reviewId: string, seats: readonly SeatRow[]) {
  const rows = await db
    .from('session_conclusion_votes')
    .where('review_id', reviewId)
    .orderBy('at')
    .orderBy('id')
  const sitting = seats.filter((seat) => seat.sits && seat.left_at === null)
  return sitting.flatMap((seat) => {
    const vote = rows.findLast((row) => row.seat_id === seat.id)
    return vote
      ? [{ letter: seat.letter, conclusion: vote.conclusion, reason: vote.reason, at: vote.at }]
      : []
  })
}

async function itemsOf(
  reviewId: string,
  opinions: readonly OpinionRow[],
  letterOf: (seatId: string) => string
): Promise<RecordedItem[]> {
  const rows = await db
    .from('session_items')
    .where('review_id', reviewId)
    .whereNull('removed_at')
    .orderBy('position')
  const votes = await db.from('session_item_votes').where('review_id', reviewId).orderBy('at').orderBy('id')
  return rows.map((row) => {
    const last = new Map(
      votes
        .filter((vote) => vote.item_id === row.id && vote.revision === row.settled_revision)
        .map((vote) => [vote.seat_id, vote])
    )
    return {
      itemId: row.id,
      number: row.position,
      kind: row.kind === 'advice' ? 'advice' : 'must_fix',
      defect: row.defect,
      heading: row.heading,
      text: row.settled_text ?? row.text,
      place: row.place,
      page: row.page,
      basis: row.basis,
      sources: opinions.filter((opinion) => row.sources.includes(opinion.id)).map((opinion) => opinion.label),
      objections: [...last.values()]
        .filter((vote) => vote.vote === 'object')
        .map((vote) => ({ letter: letterOf(vote.seat_id), reason: vote.reason })),
    }
  })
}

async function defectsOf(reviewId: string, opinions: readonly OpinionRow[]) {
  const answers = await db
    .from('session_defect_answers')
    .where('review_id', reviewId)
    .orderBy('at')
    .orderBy('id')
  return opinions
    .filter((opinion) => opinion.kind === 'severe_defect')
    .map((opinion) => {
      const last = answers.findLast((answer) => answer.opinion_id === opinion.id)
      return {
        label: opinion.label,
        defect: opinion.defect ?? '',
        stands: stands(opinion),
        act: last?.act ?? null,
        page: last?.page ?? null,
        reason: last?.reason ?? null,
      }
    })
}

function toRecordedSeat(seat: SeatRow): RecordedSeat {
  return {
    seatId: seat.id,
    userId: seat.user_id,
    letter: seat.letter,
    role: seat.role === 'leader' ? 'leader' : 'expert',
    name: seat.name,
    employer: seat.employer,
    position: seat.position,
    title: seat.title,
    specialty: seat.specialty,
    certificateNo: seat.certificate_no,
    rosterNo: seat.roster_no,
  }
}

function toRecordedOpinion(opinion: OpinionRow, letter: string): RecordedOpinion {
  return {
    opinionId: opinion.id,
    label: opinion.label,
    letter,
    place: opinion.place,
    page: opinion.page,
    text: opinionText(opinion),
    basis: opinion.basis,
    kind: opinion.kind,
    itemId: opinion.item_id,
    leftOutBecause: opinion.left_out_because,
    answer:
      opinion.answer_agrees === null
        ? null
        : { agrees: opinion.answer_agrees, reason: opinion.answer_reason },
    submittedAt: opinion.submitted_at,
  }
}
