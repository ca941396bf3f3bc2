import { ok } from '#lib/result'
import type { Person } from '#lib/room/events'
import type { OperationPayloads } from '#lib/room/operations'
import type { RoomState } from '#lib/room/state'
import type { RoomRole } from '#lib/room/words'
import { inMeeting, leads, refuse, sitting, tell, type Decision, type Scene } from '#sessions/decisions/scene'
import { revealed } from '#sessions/decisions/opinions'
import { paused } from '#sessions/decisions/presence'

/** MEET-7: with the leader's consent one scribe of the host stays, and types on the leader's behalf. */
export function admitScribe(scene: Scene, { userId }: OperationPayloads['scribe.admit']): Decision {
  if (!leads(scene) || !inMeeting(scene.room) || !scene.revealed) return refuse('E_NOT_NOW')
  const person = scene.room.people[userId]
  if (person?.role !== 'host') return refuse('E_NOT_HERE')
  if (scene.panel.scribes.length > 0) return refuse('E_ONE_SCRIBE')
  return ok([
    tell('panel', 'scribe.admitted', { userId }),
    tell('room', 'person.changed', as(person, 'scribe')),
  ])
}

export function dismissScribe(scene: Scene, { userId }: OperationPayloads['scribe.dismiss']): Decision {
  if (!leads(scene) || !scene.panel.scribes.includes(userId)) return refuse('E_NOT_NOW')
  const person = scene.room.people[userId]
  const told = tell('panel', 'scribe.dismissed', { userId })
  return ok(person ? [told, tell('room', 'person.changed', as(person, 'host'))] : [told])
}

/** MEET-4, CONC-5: an alternate who has handed in takes the place of a member who is gone. Letters stay. */
export function stepIn(scene: Scene, payload: OperationPayloads['alternate.step_in']): Decision {
  const { seatId, forSeatId, reason } = payload
  if (!leads(scene) || !inMeeting(scene.room)) return refuse('E_NOT_NOW')
  const alternate = scene.seats.find((seat) => seat.seatId === seatId)
  if (alternate?.role !== 'alternate' || !scene.room.people[alternate.userId]) return refuse('E_NOT_HERE')
  if (!alternate.complete) return refuse('E_NOT_HANDED_IN')
  const gone = sitting(scene).find((seat) => seat.seatId === forSeatId)
  if (!gone) return refuse('E_NOT_A_MEMBER')
  if (scene.room.people[gone.userId]) return refuse('E_MEMBER_IS_HERE')
  if (gone.role === 'leader') return refuse('E_ELECT_A_LEADER_FIRST')
  const seats = scene.seats.map((seat) => {
    if (seat.seatId === seatId) return { ...seat, role: 'expert' as const, sits: true }
    return seat.seatId === forSeatId ? { ...seat, role: 'alternate' as const, sits: false } : seat
  })
  const person = scene.room.people[alternate.userId]!
  return ok([
    tell('room', 'seats.changed', {
      seats: seats.map(({ complete: _, ...seat }) => seat),
      because: 'alternate',
      reason,
    }),
    tell('room', 'person.changed', as(person, 'expert')),
    ...paused(scene, { seats }),
    ...revealed(scene, { seats }),
  ])
}

/** MEET-2: checked off by the host or the leader, delegates marked as such. */
export function checkAttendee(scene: Scene, payload: OperationPayloads['attendee.check']): Decision {
  if ((!leads(scene) && scene.me.role !== 'host') || !inMeeting(scene.room)) return refuse('E_NOT_NOW')
  if (!scene.room.required.includes(payload.code)) return refuse('E_ATTENDEE')
  const wanted = scene.regulation.attendees.find((one) => one.code === payload.code)
  if (payload.delegate && !wanted?.delegate_allowed) return refuse('E_NO_DELEGATE')
  return ok([tell('room', 'attendee.checked', payload)])
}

/** MEET-2: one is missing, the leader decides to go on, and the report says so. */
export function waiveAttendee(scene: Scene, payload: OperationPayloads['attendee.waive']): Decision {
  if (!leads(scene) || !inMeeting(scene.room)) return refuse('E_NOT_NOW')
  if (!scene.room.required.includes(payload.code)) return refuse('E_ATTENDEE')
  return ok([tell('room', 'attendee.waived', payload)])
}

function as(person: RoomState['people'][string], role: RoomRole): Person {
  const { since: _, ...rest } = person
  return { ...rest, role }
}
