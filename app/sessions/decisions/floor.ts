import { ok } from '#lib/result'
import type { OperationPayloads } from '#lib/room/operations'
import { mayAct } from '#sessions/domain/parties_leave_for_deliberation'
import {
  floorChannel,
  floorOf,
  inMeeting,
  leads,
  refuse,
  tell,
  type Decision,
  type Scene,
} from '#sessions/decisions/scene'
import { step } from '#sessions/policies/step'

/** Whether a role may do this now, in the open floor or in the closed one (MEET-7). */
function may(scene: Scene, act: 'speak' | 'present'): boolean {
  return (
    scene.me.role !== 'program' &&
    inMeeting(scene.room) &&
    mayAct(scene.me.role, act, step(scene.room.stage), true)
  )
}

/** Whoever presents turns the page for all. */
export function turnPage(scene: Scene, { versionId, page }: OperationPayloads['page.turn']): Decision {
  if (!inMeeting(scene.room)) return refuse('E_NOT_NOW')
  if (floorOf(scene).presenter !== scene.me.userId) return refuse('E_NOT_PRESENTING')
  const version = scene.versions.find((one) => one.versionId === versionId)
  if (!version || page > version.pages) return refuse('E_PAGE')
  return ok([tell(floorChannel(scene.room), 'page.turned', { versionId, page })])
}

/** The leader, the host and whoever presents may hand it on; the leader may take it. */
export function setPresenter(scene: Scene, { userId }: OperationPayloads['presenter.set']): Decision {
  const presents = floorOf(scene).presenter === scene.me.userId
  if (!inMeeting(scene.room)) return refuse('E_NOT_NOW')
  if (!leads(scene) && scene.me.role !== 'host' && !presents) return refuse('E_NOT_YOURS')
  const person = scene.room.people[userId]
  if (!person || !mayAct(person.role, 'present', step(scene.room.stage), true)) return refuse('E_NOT_HERE')
  return ok([tell(floorChannel(scene.room), 'presenter.changed', { userId })])
}

export function raiseHand(scene: Scene): Decision {
  if (!may(scene, 'speak')) return refuse('E_NOT_NOW')
  if (floorOf(scene).hands.includes(scene.me.userId)) return refuse('E_HAND_IS_UP')
  return ok([tell(floorChannel(scene.room), 'hand.raised', { userId: scene.me.userId })])
}

export function lowerHand(scene: Scene, { userId }: OperationPayloads['hand.lower']): Decision {
  const whose = userId ?? scene.me.userId
  if (whose !== scene.me.userId && !leads(scene) && scene.me.role !== 'host') return refuse('E_NOT_YOURS')
  if (!floorOf(scene).hands.includes(whose)) return refuse('E_HAND_IS_DOWN')
  return ok([tell(floorChannel(scene.room), 'hand.lowered', { userId: whose })])
}

export function say(scene: Scene, { text }: OperationPayloads['chat.say'], messageId: string): Decision {
  if (!may(scene, 'speak') && scene.me.role !== 'scribe') return refuse('E_NOT_NOW')
  const { userId, name, letter } = scene.me
  return ok([tell(floorChannel(scene.room), 'chat.said', { messageId, userId, name, letter, text })])
}
