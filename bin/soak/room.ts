import { seeded } from '#bin/bench/support/seeded'
import type { Random } from '#bin/soak/support/alter'
import type { Soak } from '#bin/soak/support/outcome'
import { foldEvents, receive, type Replica } from '#lib/room/apply_event'
import type { RoomEvent } from '#lib/room/events'
import { EMPTY } from '#lib/room/state'
import { stateHash } from '#lib/room/state_hash'

const LONGEST_LOG = 60
const LARGEST_MESSAGE = 5
const PEOPLE = ['u1', 'u2', 'u3', 'u4']

/**
 * A room's log delivered to a page in random messages, some lost, some twice, some in the wrong order, with the
 * page's own way out of a hole: ask again from its cursor. Every page ends with the state of the log.
 */
export const soak: Soak = async ({ seed, trials }) => {
  const random = seeded(seed)
  const missed: string[] = []
  for (let trial = 0; trial < trials; trial++) {
    const log = randomLog(random)
    const page = delivered(log, random)
    if (page.seq !== log.length || stateHash(page.state) !== stateHash(foldEvents('room', log)))
      missed.push(`trial ${trial}: at ${page.seq} of ${log.length}`)
  }
  return { what: 'deliveries of a room’s log, lost, doubled and out of order', trials, missed }
}

function randomLog(random: Random): RoomEvent[] {
  return Array.from({ length: 1 + random(LONGEST_LOG) }, (_, index) => {
    const userId = PEOPLE[random(PEOPLE.length)]!
    const [type, data] = (
      [
        ['chat.said', { messageId: `m${index}`, userId, name: userId, letter: null, text: `${index}` }],
        ['hand.raised', { userId }],
        ['hand.lowered', { userId }],
        ['presenter.changed', { userId }],
        ['page.turned', { versionId: 'v', page: 1 + random(99) }],
        ['person.joined', { userId, name: userId, role: 'expert', letter: null, organisation: null }],
        ['person.left', { userId }],
        ['attendee.checked', { code: `c${random(9)}`, name: userId, delegate: false }],
      ] as const
    )[random(8)]!
    return { seq: index + 1, type, data, at: '2026-03-18T06:30:00.000Z', wall: index, by: null } as RoomEvent
  })
}

function delivered(log: readonly RoomEvent[], random: Random): Replica<'room'> {
  let page: Replica<'room'> = { channel: 'room', seq: 0, state: EMPTY.room() }
  const take = (events: readonly RoomEvent[]) => {
    page = receive(page, events) ?? receive(page, log.slice(page.seq))!
  }
  for (let at = 0; at < log.length;) {
    const until = at + 1 + random(LARGEST_MESSAGE)
    const message = log.slice(at, until)
    const fate = random(5)
    if (fate === 1) take(log.slice(random(until)))
    if (fate === 2) take(message)
    if (fate === 3) take(message.toReversed())
    if (fate !== 0) take(message)
    at = until
  }
  // A page that has lost the last message hears of it by its next resume.
  take(log.slice(page.seq))
  return page
}
