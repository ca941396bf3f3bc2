import { BEACON_ENTRY_TYPE, DEPARTURE_ENTRY_TYPE } from '#lib/draw/witness_protocol'
import { reviewStream } from '#reviews/public'
import { entryIndex } from '#draw/entropy/ledger_claim'
import type { Awaited, DepartureRow, DrawRow } from '#draw/models/draw'

/** Where the log holds that somebody left a seat: what a replacement follows from. */
export function departureEntry(draw: DrawRow, departure: DepartureRow): Promise<number> {
  const { seat, leaver } = departure
  return entryIndex(reviewStream(departure.review_id), DEPARTURE_ENTRY_TYPE, {
    drawId: draw.draw_id,
    seat,
    leaver,
  })
}

/** Level L3. Where the log holds which round is awaited for an input. */
export function awaitedEntry(input: string, { reviewId, time }: Awaited): Promise<number> {
  return entryIndex(reviewStream(reviewId), BEACON_ENTRY_TYPE, { input, time })
}
