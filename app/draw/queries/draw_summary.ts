import { reviewStream } from '#reviews/public'
import { entryIndex } from '#draw/entropy/ledger_claim'
import type { DrawRow } from '#draw/models/draw'
import { drawOfReview, departuresOf, seatsOf } from '#draw/queries/draws'

/** The draw as the report's annex ⑥ (抽取单) states it. Null where the review had none. */
export async function drawSummary(reviewId: string) {
  const draw: DrawRow | null = await drawOfReview(reviewId)
  if (!draw?.result || !draw.completed_at) return null
  const [seats, departures] = await Promise.all([seatsOf(draw.id), departuresOf(draw.id)])
  return {
    id: draw.id,
    number: draw.number,
    algorithm: draw.rules.algorithm,
    level: draw.rules.level,
    committedAt: draw.committed_at,
    completedAt: draw.completed_at,
    library: draw.library_count,
    matched: draw.matched_count,
    eligible: draw.eligible_count,
    employers: draw.employer_count,
    excluded: draw.excluded,
    cap: draw.result.cap,
    drawId: draw.draw_id,
    poolRoot: draw.pool_root,
    rulesHash: draw.rules_hash,
    logIndex: await entryIndex(reviewStream(draw.first_review_id), 'draw.committed', {
      drawId: draw.draw_id,
    }),
    defaultPanel: draw.default_panel,
    panelIsDefault: draw.panel_is_default,
    seats: seats.map((seat) => ({
      seat: seat.seat,
      rosterNo: seat.roster_no,
      ticket: seat.ticket,
      specialty: seat.matched,
      state: seat.left_as ?? seat.state,
      replacesSeat: seat.replaces_seat,
      role: seat.role,
      letter: seat.letter,
    })),
    replacements: departures.filter(({ status }) => status === 'filled').length,
  }
}
