import { EVIDENCE_FORMAT, type Departure, type DrawEvidence } from '#lib/draw/evidence'
import type { IdentityOpening } from '#lib/draw/salts'
import { COMMIT_ENTRY_TYPE, UNFILLED_ENTRY_TYPE } from '#lib/draw/witness_protocol'
import { reviewById, reviewStream } from '#reviews/public'
import { meetingHasEnded } from '#draw/domain/meeting_has_ended'
import { toSeat } from '#draw/entropy/draw_state'
import { entryIndex, openedPlaceInLog } from '#draw/entropy/ledger_claim'
import type { DepartureRow, DrawRow, PoolEntry, SeatRow } from '#draw/models/draw'
import { departuresOf, poolOf, seatsOf } from '#draw/queries/draws'
import { awaitedEntry, departureEntry } from '#draw/queries/logged_entries'
import { roundBeforeEntry } from '#draw/queries/rounds'

/** Who asks: supervisors see every name once the meeting has ended, all others those who were drawn. */
export type EvidenceReader = 'supervisor' | 'other'

/**
 * Rule DRAW-9, draw.md 7. Everything that recomputes a completed draw, for whoever may have it. Names stay
 * closed until the meeting has ended.
 */
export async function drawEvidence(draw: DrawRow, reader: EvidenceReader): Promise<DrawEvidence> {
  if (!draw.result || !draw.proofs) throw new Error(`Draw ${draw.number} has no result yet`)
  const [pool, seats, departures, review] = await Promise.all([
    poolOf(draw.id),
    seatsOf(draw.id),
    departuresOf(draw.id),
    reviewById(draw.review_id),
  ])
  const commit = await entryIndex(reviewStream(draw.first_review_id), COMMIT_ENTRY_TYPE, {
    drawId: draw.draw_id,
  })
  const before = await roundBeforeEntry(draw)
  const done = departures.filter(({ status }) => status === 'filled' || status === 'unfilled')
  return {
    format: EVIDENCE_FORMAT,
    plan: draw.plan_identity,
    planKey: draw.plan_key,
    rules: draw.rules,
    rulesHash: draw.rules_hash,
    pool: pool.map(({ leaf }) => leaf),
    poolRoot: draw.pool_root,
    drawId: draw.draw_id,
    proofs: draw.proofs,
    commit: await openedPlaceInLog(commit),
    ...(await awaitedPlace(draw.draw_id, draw)),
    ...(before !== null && { roundBefore: await openedPlaceInLog(before) }),
    result: draw.result,
    defaultPanel: draw.default_panel,
    departures: await Promise.all(done.map((departure) => toDeparture(draw, departure, seats))),
    openings: review && meetingHasEnded(review.state) ? openingsFor(reader, pool, seats) : [],
  }
}

async function toDeparture(draw: DrawRow, row: DepartureRow, seats: readonly SeatRow[]): Promise<Departure> {
  const { seat, leaver } = row
  if (row.status === 'unfilled') {
    const index = await entryIndex(reviewStream(row.review_id), UNFILLED_ENTRY_TYPE, {
      drawId: draw.draw_id,
      seat,
    })
    return { seat, leaver, refusal: await openedPlaceInLog(index), replacement: null }
  }
  const taken = seats.find(({ replaces_seat }) => replaces_seat === seat)!
  return {
    seat,
    leaver,
    refusal: await openedPlaceInLog(await departureEntry(draw, row)),
    replacement: {
      number: row.number!,
      input: row.input!,
      proofs: row.proofs!,
      widened: row.widened!,
      taken: toSeat(taken),
      ...(await awaitedPlace(row.input!, row)),
    },
  }
}

/** Where the log holds which round of the beacon was awaited, where there was one. */
async function awaitedPlace(input: string, { awaited }: Pick<DrawRow, 'awaited'>) {
  return awaited ? { awaited: await openedPlaceInLog(await awaitedEntry(input, awaited)) } : {}
}

function openingsFor(
  reader: EvidenceReader,
  pool: readonly PoolEntry[],
  seats: readonly SeatRow[]
): IdentityOpening[] {
  const drawn = new Set(seats.map(({ roster_no }) => roster_no))
  return pool.map(({ opening }) => opening).filter(({ id }) => reader === 'supervisor' || drawn.has(id))
}
