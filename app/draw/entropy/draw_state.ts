import type { Seat } from '#lib/draw/draw'
import type { DrawState } from '#lib/draw/replace'
import type { DepartureRow, DrawRow, PoolEntry, SeatRow } from '#draw/models/draw'

/** A completed draw as the algorithm knows it, with the departures worked off so far. */
export function drawState(
  draw: DrawRow,
  pool: readonly PoolEntry[],
  seats: readonly SeatRow[],
  departures: readonly DepartureRow[]
): DrawState {
  if (!draw.result) throw new Error(`Draw ${draw.number} has no result yet`)
  const done = departures.filter(({ status }) => status === 'filled' || status === 'unfilled')
  return {
    drawId: draw.draw_id,
    round: draw.round,
    rules: draw.rules,
    leaves: pool.map(({ leaf }) => leaf),
    cap: draw.result.cap,
    seats: seats.map(toSeat),
    left: new Set(done.map(({ seat }) => seat)),
  }
}

export function toSeat(row: SeatRow): Seat {
  const { seat, pin, roster_no: id, employer, specialty, ticket } = row
  return { seat, pin, id, employer, specialty, ticket }
}
