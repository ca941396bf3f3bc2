import db from '@adonisjs/lucid/services/db'

/** More than these are no longer read on a page. */
const MOST = 200

/** Rules DRAW-6, DRAW-8. Where an expert served: places here by draw, and service entered from before. */
export async function expertService(expertId: string) {
  const seats = await db
    .from('draw_seats as s')
    .join('draws as d', 'd.id', 's.draw_id')
    .join('plans as p', 'p.id', 'd.plan_id')
    .where('s.expert_id', expertId)
    .orderBy('d.committed_at', 'desc')
    .limit(MOST)
    .select('d.id as draw_id', 'd.number', 'd.meeting_at', 'p.name as plan')
    .select(db.raw('coalesce(s.left_as, s.state) AS state'))
  const earlier = await db
    .from('draw_earlier_service as e')
    .join('organisations as o', 'o.id', 'e.organiser_id')
    .leftJoin('organisations as a', 'a.id', 'e.agency_id')
    .where('e.expert_id', expertId)
    .orderBy('e.meeting_day', 'desc')
    .limit(MOST)
    .select('e.id', 'e.plan', 'e.meeting_day', 'o.name as organiser', 'a.name as agency')
  return {
    places: seats.map((row) => ({
      drawId: row.draw_id as string,
      number: row.number as string,
      plan: row.plan as string,
      state: row.state as string,
      meetingAt: (row.meeting_at?.toISOString() ?? null) as string | null,
    })),
    earlier: earlier.map((row) => ({
      id: row.id as string,
      plan: row.plan as { permit: string; part: string; categories: string[] } | null,
      organiser: row.organiser as string,
      agency: row.agency as string | null,
      meetingDay: row.meeting_day as string,
    })),
  }
}
