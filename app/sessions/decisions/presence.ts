import { ok } from '#lib/result'
import type { Person } from '#lib/room/events'
import { quorumOf } from '#sessions/domain/quorum'
import {
  inMeeting,
  phaseOf,
  sitting,
  tell,
  type Decision,
  type Scene,
  type Told,
} from '#sessions/decisions/scene'

type Present = { people: Readonly<Record<string, unknown>>; seats: Scene['seats'] }

/** MEET-4 for the panel as it sits and the people who are here. */
export function quorumNow(scene: Scene, change: Partial<Present> = {}) {
  const people = change.people ?? scene.room.people
  const members = sitting({ seats: change.seats ?? scene.seats })
  const here = members.filter((seat) => people[seat.userId]).map((seat) => seat.seatId)
  return quorumOf(
    members.map((seat) => seat.seatId),
    here,
    scene.regulation
  )
}

/** Who has come and who has gone since, and what that means for the meeting (MEET-4). */
export function settlePresence(scene: Scene, here: readonly Person[]): Decision {
  const known = scene.room.people
  const told: Told[] = []
  for (const person of here) {
    const before = known[person.userId]
    if (!before) told.push(tell('room', 'person.joined', person))
    else if (before.role !== person.role || before.letter !== person.letter)
      told.push(tell('room', 'person.changed', person))
  }
  const present = new Set(here.map((person) => person.userId))
  for (const userId of Object.keys(known))
    if (!present.has(userId)) told.push(tell('room', 'person.left', { userId }))
  const people = Object.fromEntries(here.map((person) => [person.userId, person]))
  return ok([...told, ...paused(scene, { people })])
}

/**
 * MEET-4: a meeting without its quorum pauses by itself, and goes on by itself once the quorum is back, if
 * that was why it paused.
 */
export function paused(scene: Scene, change: Partial<Present>): Told[] {
  if (!inMeeting(scene.room)) return []
  const quorum = quorumNow(scene, change)
  const { phase, stage, pause } = scene.room
  if (!quorum.ok && phase !== 'paused') {
    return [tell('room', 'phase.changed', { phase: 'paused', stage, because: 'quorum', reason: quorum.code })]
  }
  if (quorum.ok && phase === 'paused' && pause?.because === 'quorum') {
    return [tell('room', 'phase.changed', { phase: phaseOf(stage), stage, because: 'quorum', reason: null })]
  }
  return []
}
