import { regulation } from '#core/jurisdiction'
import type { UnitOfWork } from '#ledger/public'
import { notify } from '#messages/public'
import { advance, lockReview, reviewStream } from '#reviews/public'
import { notifyHosts } from '#draw/actions/complete_draw'
import { checkPanel } from '#draw/domain/panel_is_valid'
import { nextPlace } from '#draw/domain/place_transitions'
import type { DrawRow, SeatRow } from '#draw/models/draw'
import { seatsOf } from '#draw/queries/draws'
import { panelCandidates } from '#draw/queries/panel_candidates'

/** The number of alternates may shrink once one has stepped in; all other lines must hold. */
const NOT_FOR_A_MENDED_PANEL = 'alternates'

/**
 * Rules DRAW-10, DRAW-11, DRAW-13. After somebody has left a confirmed panel before the meeting: the first
 * alternate by letter with whom the panel is valid steps in. Where none fits, or the leader left, the panel
 * is broken: the review goes back to inviting and the organiser confirms anew, letters kept.
 */
export async function mendPanel(unit: UnitOfWork, draw: DrawRow, left: SeatRow): Promise<void> {
  await unit.update('draw_seats', left.id, { role: null })
  if (left.state === 'ALTERNATE') return
  const seats = await seatsOf(draw.id, unit.trx)
  const members = seats.filter(({ state }) => state === 'PANEL')
  const alternates = seats
    .filter(({ state }) => state === 'ALTERNATE')
    .sort((a, b) => a.letter!.localeCompare(b.letter!))
  const leader = members.find(({ role }) => role === 'leader')
  const stepsIn = leader ? await firstFitting(unit, draw, seats, members, alternates, leader.id) : undefined
  if (stepsIn) return stepIn(unit, draw, stepsIn, left)
  await breakPanel(unit, draw, [...members, ...alternates])
}

async function firstFitting(
  unit: UnitOfWork,
  draw: DrawRow,
  seats: readonly SeatRow[],
  members: readonly SeatRow[],
  alternates: readonly SeatRow[],
  leaderId: string
): Promise<SeatRow | undefined> {
  const candidates = await panelCandidates(unit.trx, draw, seats)
  const inForce = await regulation()
  return alternates.find((alternate) => {
    const rest = alternates.filter(({ id }) => id !== alternate.id)
    const panel = {
      members: [...members, alternate].map(({ id }) => candidates.get(id)!),
      leader_id: leaderId,
      alternates: rest.map(({ id }) => candidates.get(id)!),
    }
    return checkPanel(panel, inForce).every(({ ok, code }) => ok || code === NOT_FOR_A_MENDED_PANEL)
  })
}

async function stepIn(unit: UnitOfWork, draw: DrawRow, alternate: SeatRow, left: SeatRow): Promise<void> {
  const move = nextPlace(alternate.state, 'step_in', 'program')
  if (!move.ok) throw new Error(`Alternate ${alternate.id} in ${alternate.state} can't step in`)
  await unit.update('draw_seats', alternate.id, { state: move.value.to, role: 'member' })
  unit.entry({
    stream: reviewStream(draw.review_id),
    type: 'place.step_in',
    payload: {
      drawId: draw.draw_id,
      seat: alternate.seat,
      expert: alternate.roster_no,
      letter: alternate.letter,
      for: left.seat,
    },
  })
  await notifyHosts(unit, draw, 'panel.alternate_stepped_in', { seat: alternate.seat, for: left.seat })
  await notify(unit, {
    userIds: [alternate.user_id],
    kind: 'panel.you_step_in',
    params: { number: draw.number },
    href: '/invitations',
    objectId: draw.id,
  })
}

async function breakPanel(unit: UnitOfWork, draw: DrawRow, remaining: readonly SeatRow[]): Promise<void> {
  const review = await lockReview(unit.trx, draw.review_id)
  for (const { id, state } of remaining) {
    const move = nextPlace(state, 'release', 'program')
    if (!move.ok) throw new Error(`Place ${id} in ${state} can't be released`)
    await unit.update('draw_seats', id, { state: move.value.to, role: null })
  }
  await unit.update('draws', draw.id, { panel_confirmed_at: null, panel_is_default: null })
  const moved = await advance(unit, {
    reviewId: review.id,
    event: 'panel_broken',
    as: 'program',
    payload: { drawId: draw.draw_id },
  })
  if (!moved.ok) throw new Error(`Review ${review.id}: ${moved.error.why}`)
  await notifyHosts(unit, draw, 'panel.broken', {})
}
