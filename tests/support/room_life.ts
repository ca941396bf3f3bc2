import {
  answer,
  drawnWithPanel,
  expertOf,
  invited,
  signInHosts,
  until,
  type Hosts,
} from '#tests/support/draw_life'
import type { TestInstance } from '#tests/support/cluster'
import { signIn, type Person } from '#tests/support/person'

export interface SeatedExpert {
  readonly seatId: string
  readonly letter: string
  readonly role: 'leader' | 'member' | 'alternate'
  readonly person: Person
}

export interface SeatedReview {
  readonly reviewId: string
  readonly planId: string
  readonly drawId: string
  readonly versionId: string
  readonly hosts: Hosts
  /** By letter, the leader first; the last two are the alternates. */
  readonly panel: readonly SeatedExpert[]
  readonly owner: Person
  readonly authority: Person
}

/**
 * given: a review whose panel was confirmed by a real draw, as if three days ago: the plan was delivered
 * then, and the meeting is due now. `restoreDates` before the ledger is compared with the tables.
 */
export async function seatedReview(app: TestInstance): Promise<SeatedReview> {
  const hosts = await signInHosts(app.url)
  const { draw, plan } = await drawnWithPanel(hosts)
  const asked = await invited(hosts.organiser, draw)
  if (asked.status !== 200) throw new Error(`invitations: ${JSON.stringify(asked.body)}`)
  const experts = new Map<string, Person>()
  for (const seat of draw.seats) {
    const expert = await expertOf(app, seat.id)
    experts.set(seat.id, expert)
    const said = await answer(expert, seat.id, { answer: 'accept' })
    if (said.status !== 200) throw new Error(`answer: ${JSON.stringify(said.body)}`)
  }
  const choice = await validChoice(hosts.organiser, draw.id)
  const confirmed = await hosts.organiser.press(`/api/draws/${draw.id}/panel`, choice)
  if (confirmed.status !== 200) throw new Error(`panel: ${JSON.stringify(confirmed.body)}`)
  await app.sql.query(
    `UPDATE review_sessions SET delivered_at = delivered_at - interval '3 days', scheduled_at = now() - interval '5 minutes' WHERE review_id = $1`,
    [plan.reviewId]
  )
  const owner = await signIn(app.url, '19900000005')
  const authority = await signIn(app.url, '19900000009')
  const { rows } = await app.sql.query('SELECT version_id FROM review_sessions WHERE review_id = $1', [
    plan.reviewId,
  ])
  const panel = confirmed.body.panel.map((seat: any) => ({ ...seat, person: experts.get(seat.seatId)! }))
  return {
    reviewId: plan.reviewId,
    planId: plan.id,
    drawId: draw.id,
    versionId: rows[0].version_id,
    hosts,
    panel,
    owner,
    authority,
  }
}

/** Undoes what `seatedReview` did to the calendar. */
export async function restoreDates(app: TestInstance, reviewId: string): Promise<void> {
  await app.sql.query(
    `UPDATE review_sessions s SET delivered_at = delivered_at + interval '3 days', scheduled_at = d.meeting_at
     FROM draws d WHERE d.review_id = s.review_id AND s.review_id = $1`,
    [reviewId]
  )
}

/** Five of different employers, three of the main specialty, led by one of those; two more as alternates. */
async function validChoice(organiser: Person, drawId: string) {
  const view = await until(
    () => organiser.get(`/api/draws/${drawId}`),
    ({ body }) => body.seats.every(({ state }: any) => state === 'ACCEPTED'),
    'acceptances'
  )
  const seats: any[] = view.body.seats
  for (const five of combinations(seats, 5)) {
    const mains = five.filter(({ isMain }) => isMain)
    const employers = new Set(five.map(({ employer }) => employer))
    const specialties = new Set(five.map(({ specialty }) => specialty))
    if (employers.size < 5 || specialties.size < 2 || mains.length < 3) continue
    const rest = seats.filter((seat) => !five.includes(seat)).slice(0, 2)
    return { members: five.map(({ id }) => id), leader: mains[0].id, alternates: rest.map(({ id }) => id) }
  }
  throw new Error('no valid panel among those who accepted')
}

function* combinations<T>(items: readonly T[], size: number, from = 0, chosen: T[] = []): Generator<T[]> {
  if (chosen.length === size) return yield chosen
  for (let i = from; i < items.length; i++) yield* combinations(items, size, i + 1, [...chosen, items[i]!])
}
