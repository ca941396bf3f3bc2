import { ok } from '#lib/result'
import type { OperationPayloads } from '#lib/room/operations'
import { severeDefectStands } from '#sessions/domain/severe_defect_stands'
import { settledInItems } from '#sessions/decisions/items'
import {
  edits,
  inMerging,
  isMember,
  refuse,
  sitting,
  tell,
  type Decision,
  type Scene,
  type Told,
} from '#sessions/decisions/scene'

/** CONC-3: the member who raised it withdraws it, with the page and the reason that answer it. */
export function withdrawDefect(scene: Scene, payload: OperationPayloads['defect.withdraw']): Decision {
  const { opinionId, to, page, reason } = payload
  const opinion = standing(scene, opinionId)
  if (!opinion) return refuse('E_NO_DEFECT')
  if (opinion.seatId !== scene.me.seatId) return refuse('E_NOT_YOURS')
  const withdrawn = tell('panel', 'defect.withdrawn', { opinionId, page, reason })
  return ok([withdrawn, ...settled(scene, opinionId, to)])
}

/** CONC-3: the author, or the leader, proposes to all that it is no listed defect. */
export function proposeReclassification(
  scene: Scene,
  payload: OperationPayloads['defect.propose']
): Decision {
  const { opinionId, to, page, reason } = payload
  const opinion = standing(scene, opinionId)
  if (!opinion) return refuse('E_NO_DEFECT')
  if (!isMember(scene) || (opinion.seatId !== scene.me.seatId && !edits(scene))) return refuse('E_NOT_YOURS')
  return ok([tell('panel', 'defect.proposed', { opinionId, to, page, reason, seatId: scene.me.seatId! })])
}

/** Settled with the last of all members, the one who raised it included. */
export function agreeReclassification(
  scene: Scene,
  { opinionId }: OperationPayloads['defect.agree']
): Decision {
  const opinion = standing(scene, opinionId)
  const proposal = opinion?.defect?.proposal
  if (!opinion || !proposal) return refuse('E_NO_DEFECT')
  const mine = scene.me.seatId
  if (!mine || (!isMember(scene) && opinion.seatId !== mine)) return refuse('E_NOT_YOURS')
  const agreed = [...proposal.agreed, mine]
  const answers = agreed.map((member) => ({ member, page: proposal.page, reason: proposal.reason }))
  const members = sitting(scene).map((seat) => seat.seatId)
  const claim = { item: opinionId, raised_by: [opinion.seatId], withdrawals: [], reclassifications: answers }
  const told = tell('panel', 'defect.agreed', { opinionId, seatId: mine })
  return ok(severeDefectStands(claim, members) ? [told] : [told, ...settled(scene, opinionId, proposal.to)])
}

function standing(scene: Scene, opinionId: string) {
  const opinion = scene.panel.opinions[opinionId]
  return inMerging(scene) && opinion?.defect?.stands ? opinion : null
}

function settled(scene: Scene, opinionId: string, kind: 'must_fix' | 'advice'): Told[] {
  return [tell('panel', 'defect.settled', { opinionId, kind }), ...settledInItems(scene, opinionId, kind)]
}
