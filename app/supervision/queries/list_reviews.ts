import db from '@adonisjs/lucid/services/db'
import {
  factsOfMeeting,
  medianMinutes,
  minutesOf,
  type MeetingCounts,
} from '#supervision/domain/facts_of_a_meeting'

const MOST = 200

/**
 * Meetings that have begun, newest first, with what stands out in each (ORG-1, SUP-2). `q` finds by review
 * number, plan or project.
 */
export async function listReviews(q: string) {
  const meetings = await meetingsOf(q)
  const median = medianMinutes(meetings)
  return {
    median,
    reviews: meetings.map((meeting) => ({
      reviewId: meeting.reviewId,
      number: meeting.number,
      round: meeting.round,
      planName: meeting.planName,
      projectName: meeting.projectName,
      mode: meeting.mode,
      state: meeting.state,
      conclusion: meeting.conclusion,
      standingDefects: meeting.standingDefects,
      ended: meeting.endedAt !== null,
      startedAt: meeting.startedAt!.toISOString(),
      minutes: minutesOf(meeting),
      opinions: meeting.opinions,
      items: meeting.items,
      inspections: meeting.inspections,
      findings: meeting.findings,
      facts: factsOfMeeting(meeting, median),
    })),
  }
}

interface Meeting extends MeetingCounts {
  reviewId: string
  number: string | null
  round: number
  planName: string
  projectName: string
  mode: string
  state: string
  conclusion: 'PASS' | 'REVISE' | 'FAIL' | null
  standingDefects: number
  items: number
  inspections: number
  findings: number
}

async function meetingsOf(q: string): Promise<Meeting[]> {
  const { rows } = await db.rawQuery(
    `SELECT s.review_id, s.mode, s.started_at, s.ended_at, r.number, r.round, r.state,
       COALESCE(r.conclusion, s.conclusion) AS conclusion,
       p.name AS plan_name, p.project_name,
       (SELECT count(*) FROM session_opinions o WHERE o.review_id = s.review_id) AS opinions,
       (SELECT count(*) FROM session_opinions o WHERE o.review_id = s.review_id AND EXISTS (
         SELECT 1 FROM session_opinions other WHERE other.review_id = o.review_id
           AND other.seat_id <> o.seat_id AND other.finding = o.finding AND o.finding <> '')) AS same_opinions,
       (SELECT count(*) FROM session_opinions o WHERE o.review_id = s.review_id AND o.kind = 'severe_defect'
         AND o.settled_kind IS NULL AND o.revealed_at IS NOT NULL) AS standing_defects,
       (SELECT count(*) FROM session_items i WHERE i.review_id = s.review_id AND i.removed_at IS NULL) AS items,
       (SELECT count(*) FROM room_operations e WHERE e.review_id = s.review_id
         AND e.type = 'phase.changed' AND e.data ->> 'phase' = 'paused') AS pauses,
       (SELECT count(*) FROM room_operations e WHERE e.review_id = s.review_id
         AND e.type = 'recording.changed' AND e.data ->> 'state' IN ('reconnecting', 'unavailable')) AS breaks,
       (SELECT count(*) FROM session_seats t WHERE t.review_id = s.review_id AND t.left_at >= s.started_at) AS lost,
       EXISTS (SELECT 1 FROM session_recordings c WHERE c.review_id = s.review_id) AS recorded,
       (SELECT count(*) FROM inspections n WHERE n.review_id = s.review_id) AS inspections,
       (SELECT count(*) FROM inspection_findings f WHERE f.review_id = s.review_id) AS findings
     FROM review_sessions s
     JOIN reviews r ON r.id = s.review_id
     JOIN plans p ON p.id = s.plan_id
     WHERE s.started_at IS NOT NULL
       AND (:q = '' OR strpos(lower(concat_ws(' ', r.number, p.number, p.name, p.project_name)), lower(:q)) > 0)
     ORDER BY s.started_at DESC, s.review_id
     LIMIT ${MOST}`,
    { q }
  )
  return rows.map((row: any) => ({
    reviewId: row.review_id,
    number: row.number,
    round: row.round,
    planName: row.plan_name,
    projectName: row.project_name,
    mode: row.mode,
    state: row.state,
    conclusion: row.conclusion,
    standingDefects: Number(row.standing_defects),
    startedAt: row.started_at,
    endedAt: row.ended_at,
    opinions: Number(row.opinions),
    sameOpinions: Number(row.same_opinions),
    items: Number(row.items),
    pauses: Number(row.pauses),
    membersLost: Number(row.lost),
    recordingBreaks: Number(row.breaks),
    recorded: row.recorded,
    inspections: Number(row.inspections),
    findings: Number(row.findings),
  }))
}
