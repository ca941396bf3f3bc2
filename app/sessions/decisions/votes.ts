import { ok } from '#lib/result'
import type { OperationPayloads } from '#lib/room/operations'
import { blocksOf } from '#sessions/decisions/conclusion_scene'
import {
  edits,
  inMerging,
  isMember,
  leads,
  refuse,
  sitting,
  tell,
  type Decision,
  type Scene,
} from '#sessions/decisions/scene'

export function confirmItem(scene: Scene, payload: OperationPayloads['item.confirm']): Decision {
  return vote(scene, payload.itemId, payload.revision, 'confirm', null)
}

export function objectToItem(scene: Scene, payload: OperationPayloads['item.object']): Decision {
  return vote(scene, payload.itemId, payload.revision, 'object', payload.reason)
}

/** CONC-1: a vote is on the words that were read; on others it is refused, and the page shows them. */
function vote(
  scene: Scene,
  itemId: string,
  revision: number,
  vote: 'confirm' | 'object',
  reason: string | null
): Decision {
  if (!isMember(scene) || !inMerging(scene)) return refuse('E_NOT_NOW')
  const item = scene.panel.items.find((one) => one.itemId === itemId)
  if (!item) return refuse('E_NO_ITEM')
  if (item.revision !== revision) return refuse('E_ITEM_CHANGED', { revision: item.revision })
  return ok([tell('panel', 'item.voted', { itemId, seatId: scene.me.seatId!, vote, reason, revision })])
}

/** CONC-4: the author sees why an opinion was left out, and says whether they agree. */
export function answerLeftOut(scene: Scene, payload: OperationPayloads['opinion.answer']): Decision {
  const { opinionId, agree, reason } = payload
  const opinion = scene.panel.opinions[opinionId]
  if (!inMerging(scene) || !opinion?.leftOut) return refuse('E_NOT_NOW')
  if (opinion.seatId !== scene.me.seatId) return refuse('E_NOT_YOURS')
  if (!agree && !reason?.trim()) return refuse('E_REASON')
  return ok([tell('panel', 'opinion.answered', { opinionId, agree, reason: reason?.trim() || null })])
}

export function setJudgement(scene: Scene, payload: OperationPayloads['judgement.set']): Decision {
  if (!edits(scene) || !inMerging(scene)) return refuse('E_NOT_NOW')
  return ok([tell('panel', 'judgement.set', payload)])
}

/** The leader proposes; what stands in the way otherwise than by missing votes is refused at once. */
export function proposeConclusion(scene: Scene, payload: OperationPayloads['conclusion.propose']): Decision {
  if (!leads(scene) || scene.room.phase !== 'deliberation' || !scene.revealed) return refuse('E_NOT_NOW')
  const rules = ['CONC-2', 'CONC-3']
  const blocks = blocksOf(scene, payload)[payload.conclusion].filter((block) => rules.includes(block.rule))
  if (blocks.length > 0) return refuse('E_CONCLUSION', { blocks })
  return ok([tell('panel', 'conclusion.proposed', payload)])
}

export function voteConclusion(scene: Scene, payload: OperationPayloads['conclusion.vote']): Decision {
  if (!isMember(scene) || scene.room.phase !== 'deliberation' || !scene.revealed) return refuse('E_NOT_NOW')
  const reason = payload.reason?.trim() || null
  return ok([
    tell('panel', 'conclusion.voted', { seatId: scene.me.seatId!, conclusion: payload.conclusion, reason }),
  ])
}

/** MEET-8, DRAW-13: while the leader is away, more than half of the members name another. */
export function electLeader(scene: Scene, { seatId }: OperationPayloads['leader.elect']): Decision {
  if (!isMember(scene)) return refuse('E_NOT_NOW')
  const members = sitting(scene)
  const leader = members.find((seat) => seat.role === 'leader')
  if (leader && scene.room.people[leader.userId]) return refuse('E_LEADER_IS_HERE')
  const chosen = members.find((seat) => seat.seatId === seatId)
  if (!chosen || !scene.room.people[chosen.userId]) return refuse('E_NOT_HERE')
  const named: Record<string, string> = { ...scene.panel.named, [scene.me.seatId!]: seatId }
  const told = tell('panel', 'leader.named', { seatId, by: scene.me.seatId! })
  const count = members.filter((seat) => named[seat.seatId] === seatId).length
  if (count * 2 <= members.length) return ok([told])
  const seats = scene.seats.map(({ complete: _, ...seat }) => {
    if (seat.seatId === seatId) return { ...seat, role: 'leader' as const }
    return seat.role === 'leader' ? { ...seat, role: 'expert' as const } : seat
  })
  return ok([told, tell('room', 'seats.changed', { seats, because: 'elected', reason: null })])
}
