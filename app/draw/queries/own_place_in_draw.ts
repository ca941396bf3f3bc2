import { toHex } from '#lib/bytes'
import { chanceOf, chancesOf } from '#lib/draw/chances'
import type { OwnProof } from '#lib/draw/check_own_place'
import { drawSeed, replacementSeed } from '#lib/draw/entropy'
import { poolLeafHash } from '#lib/draw/pool'
import { prepareReplacement } from '#lib/draw/replace'
import { buildRuler, exactText, type ExactText } from '#lib/draw/ruler'
import { rational } from '#lib/draw/rational'
import { byTicket, cellTicket, ticketOf } from '#lib/draw/ticket'
import { inclusionProof } from '#lib/merkle'
import { reviewStream } from '#reviews/public'
import { drawState } from '#draw/entropy/draw_state'
import { entryIndex } from '#draw/entropy/ledger_claim'
import type { DepartureRow, DrawRow, PoolEntry, SeatRow } from '#draw/models/draw'

/** The own chance, exactly, as it followed from the frozen pool before any random number existed. */
export function ownChance(draw: DrawRow, pool: readonly PoolEntry[], own: PoolEntry): ExactText {
  const chances = chancesOf(
    pool.map(({ leaf }) => leaf),
    draw.rules
  )
  if (!chances.ok) throw new Error(`Draw ${draw.number}: ${chances.error.code}`)
  return exactText(chanceOf(chances.value, own.leaf))
}

/**
 * What the own random number came to. With quotas: one's place among those of the same employer and specialty, of whom
 * so many were drawn. With caps alone: the own stretch of the ruler and the first pin's place. What of it tells of
 * others stays closed until the meeting has ended.
 */
export function ownOutcome(draw: DrawRow, pool: readonly PoolEntry[], own: PoolEntry, ended: boolean) {
  const { id, employer, specialty } = own.leaf
  const seed = seedOf(draw)
  const drawn = draw.result!.seats.some((seat) => seat.id === id)
  const ticket = toHex(ticketOf(seed, draw.round, 0, id))
  if ('cells' in draw.result!) {
    const cell = pool
      .filter(
        ({ leaf }) => leaf.excluded === null && leaf.employer === employer && leaf.specialty === specialty
      )
      .map(({ leaf }) => ({ id: leaf.id, ticket: cellTicket(seed, draw.round, leaf.id) }))
      .sort(byTicket)
    const taken = draw.result.cells.find((one) => one.employer === employer && one.specialty === specialty)!
    return {
      by: 'cell' as const,
      drawn,
      ticket,
      cellTicket: toHex(cellTicket(seed, draw.round, id)),
      place: drawn && !ended ? null : cell.findIndex((one) => one.id === id) + 1,
      experts: cell.length,
      taken: ended ? taken.drawn : null,
    }
  }
  const leaves = pool.map(({ leaf }) => leaf)
  const chances = chancesOf(leaves, draw.rules)
  if (!chances.ok || chances.value.by === 'cell') throw new Error(`Draw ${draw.number} has no ruler`)
  const ruler = buildRuler(leaves, chances.value, seed, draw.round)
  const segment = ruler.segments.find((one) => one.id === id)!
  const at = (steps: bigint) => exactText(rational(steps, ruler.denominator))
  return {
    by: 'ruler' as const,
    drawn,
    ticket,
    from: at(segment.start),
    to: at(segment.start + segment.width),
    firstPin: ended ? at(ruler.offset) : null,
  }
}

/** Each replacement so far in which somebody could have come: out of how many, and which place their number had. */
export function ownReplacements(
  draw: DrawRow,
  pool: readonly PoolEntry[],
  seats: readonly SeatRow[],
  departures: readonly DepartureRow[],
  own: PoolEntry
) {
  const before = (departure: DepartureRow) => ({
    done: departures.filter(({ position }) => position < departure.position),
    seats: seats.filter(({ seat, replaces_seat: replaces }) => {
      const filled = departures.find((one) => one.seat === replaces)
      return seat <= 10 || (filled !== undefined && filled.position < departure.position)
    }),
  })
  return departures
    .filter(({ status }) => status === 'filled')
    .flatMap((departure) => {
      const then = before(departure)
      const prepared = prepareReplacement(drawState(draw, pool, then.seats, then.done), departure.seat)
      if (!prepared.ok) return []
      const { candidates, number, input } = prepared.value
      const seed = replacementSeed(draw.rules, input, departure.proofs!)
      if (!seed.ok || !candidates.some(({ id }) => id === own.leaf.id)) return []
      const tickets = candidates
        .map(({ id }) => ({ id, ticket: ticketOf(seed.value, draw.round, number, id) }))
        .sort(byTicket)
      const place = tickets.findIndex(({ id }) => id === own.leaf.id)
      return [
        {
          number,
          seat: departure.seat,
          candidates: candidates.length,
          ticket: toHex(tickets[place]!.ticket),
          place: place + 1,
        },
      ]
    })
}

/**
 * What recomputes all of it from the own leaf alone: its path to the root, and, once the meeting has ended, what both
 * parties gave. Before, that would tell of everybody else too.
 */
export async function ownProof(
  draw: DrawRow,
  pool: readonly PoolEntry[],
  own: PoolEntry,
  ended: boolean
): Promise<OwnProof & { logIndex: number }> {
  const hashes = pool.map(({ leaf }) => poolLeafHash(leaf))
  const index = pool.indexOf(own)
  return {
    leaf: own.leaf,
    opening: own.opening,
    index,
    size: pool.length,
    path: inclusionProof(hashes, index).map(toHex),
    poolRoot: draw.pool_root,
    rules: draw.rules,
    planKey: draw.plan_key,
    round: draw.round,
    drawId: draw.draw_id,
    proofs: ended ? draw.proofs : null,
    logIndex: await entryIndex(reviewStream(draw.first_review_id), 'draw.committed', {
      drawId: draw.draw_id,
    }),
  }
}

function seedOf(draw: DrawRow): Uint8Array {
  const seed = drawSeed(draw.rules, draw.draw_id, draw.proofs!)
  if (!seed.ok) throw new Error(`Draw ${draw.number}: ${seed.error.code}`)
  return seed.value
}
