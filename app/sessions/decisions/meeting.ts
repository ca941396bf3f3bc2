import { ok } from '#lib/result'
import type { OperationPayloads } from '#lib/room/operations'
import type { Phase, Stage } from '#lib/room/words'
import { enterPhase } from '#sessions/domain/phases_follow_in_order'
import { dissentOf } from '#sessions/domain/conclusion_is_allowed'
import { blocksOf, deliberationOf, disguisedDefects } from '#sessions/decisions/conclusion_scene'
import { revealed } from '#sessions/decisions/opinions'
import { quorumNow } from '#sessions/decisions/presence'
import {
  inMeeting,
  leads,
  phaseOf,
  refuse,
  tell,
  type Decision,
  type Scene,
  type Told,
} from '#sessions/decisions/scene'

const hosts = (scene: Scene) => scene.me.role === 'host' || scene.me.role === 'scribe'
const upper = (stage: Stage) => stage.toUpperCase() as Parameters<typeof enterPhase>[0]

function phase(scene: Scene, to: Phase, stage: Stage, reason: string | null = null): Told {
  return tell('room', 'phase.changed', {
    phase: to,
    stage,
    because: leads(scene) ? 'leader' : 'host',
    reason,
  })
}

/** MEET-8, PLAN-6, MEET-4: opened by leader or host, not before the plan has been there two days, with the whole panel. */
export function openMeeting(scene: Scene): Decision {
  if (!leads(scene) && !hosts(scene)) return refuse('E_NOT_YOURS')
  if (!['pre_review', 'scheduled'].includes(scene.room.phase) || scene.scheduledAt === null)
    return refuse('E_NOT_NOW')
  if (scene.now < scene.earliest) return refuse('E_TOO_EARLY', { earliest: scene.earliest.toISOString() })
  const quorum = quorumNow(scene)
  if (!quorum.ok) return refuse('E_QUORUM', { ...quorum, why: quorum.code })
  const seats = scene.seats.map(({ complete: _, ...seat }) => seat)
  const { versions, versionId, required } = scene
  return ok([
    tell('room', 'meeting.opened', {
      seats,
      versions: [...versions],
      versionId,
      presenter: scene.me.userId,
      required: [...required],
    }),
    phase(scene, 'in_session', 'sign_in'),
    ...revealed(scene, { begun: true }),
  ])
}

/** MEET-8: the next step within the session, or the parties' answers after the read-out. */
export function setStage(scene: Scene, { stage }: OperationPayloads['stage.set']): Decision {
  if (!leads(scene) && !hosts(scene)) return refuse('E_NOT_YOURS')
  const inOpen =
    scene.room.phase === 'in_session' && ['introduction', 'presentation', 'questions'].includes(stage)
  const answers = scene.room.phase === 'read_out' && stage === 'answers'
  if (!inOpen && !answers) return refuse('E_NOT_NOW')
  const entered = enterPhase(upper(scene.room.stage), upper(stage))
  if (!entered.ok) return refuse('E_STAGE', { now: scene.room.stage })
  return ok([tell('room', 'stage.changed', { stage })])
}

export function pauseMeeting(scene: Scene, { reason }: OperationPayloads['meeting.pause']): Decision {
  if (!leads(scene) || !inMeeting(scene.room) || scene.room.phase === 'paused') return refuse('E_NOT_NOW')
  return ok([phase(scene, 'paused', scene.room.stage, reason)])
}

export function resumeMeeting(scene: Scene): Decision {
  if (!leads(scene) || scene.room.phase !== 'paused') return refuse('E_NOT_NOW')
  const quorum = quorumNow(scene)
  if (!quorum.ok) return refuse('E_QUORUM', { ...quorum, why: quorum.code })
  return ok([phase(scene, phaseOf(scene.room.stage), scene.room.stage)])
}

/** MEET-7: the doors close; the panel's own floor begins where the room's is. */
export function deliberate(scene: Scene): Decision {
  if (!leads(scene) || !['in_session', 'read_out'].includes(scene.room.phase)) return refuse('E_NOT_NOW')
  if (!scene.revealed) return refuse('E_NOT_ALL_HANDED_IN')
  const entered = enterPhase(upper(scene.room.stage), 'DELIBERATION')
  if (!entered.ok) return refuse('E_STAGE', { now: scene.room.stage })
  const { versionId, page } = scene.room.floor
  return ok([
    phase(scene, 'deliberation', 'deliberation'),
    tell('panel', 'presenter.changed', { userId: scene.me.userId }),
    tell('panel', 'page.turned', { versionId: versionId ?? scene.versionId, page }),
  ])
}

/** MEET-8, CONC-1 … CONC-5: everyone returns, and what is read out is a conclusion that the rules allow. */
export function readOut(scene: Scene): Decision {
  if (!leads(scene) || scene.room.phase !== 'deliberation') return refuse('E_NOT_NOW')
  const stands = inTheWay(scene)
  if (stands) return stands
  const page = tell('room', 'page.turned', {
    versionId: scene.panel.floor.versionId ?? scene.versionId,
    page: scene.panel.floor.page,
  })
  return ok([phase(scene, 'read_out', 'read_out'), page])
}

export function conclude(scene: Scene): Decision {
  if (!leads(scene) || scene.room.phase !== 'read_out' || scene.room.stage !== 'answers')
    return refuse('E_NOT_NOW')
  const stands = inTheWay(scene)
  if (stands) return stands
  const { conclusion, reasons } = scene.panel.conclusion.proposed!
  const dissent = dissentOf(conclusion, deliberationOf(scene, reasons)).map(({ member, reason }) => ({
    seatId: member,
    reason,
  }))
  return ok([
    tell('panel', 'conclusion.fixed', { conclusion, reasons, dissent }),
    phase(scene, 'concluded', 'signing'),
  ])
}

/** Possible at any time, whatever stands; the host then fixes another time. */
export function adjourn(scene: Scene, { reason }: OperationPayloads['meeting.adjourn']): Decision {
  if (!leads(scene) || !inMeeting(scene.room)) return refuse('E_NOT_NOW')
  return ok([phase(scene, 'adjourned', scene.room.stage, reason)])
}

function inTheWay(scene: Scene): Decision | null {
  const proposed = scene.panel.conclusion.proposed
  if (!proposed) return refuse('E_NO_CONCLUSION')
  const blocks = blocksOf(scene)[proposed.conclusion]
  if (blocks.length > 0) return refuse('E_CONCLUSION', { blocks })
  const disguised = disguisedDefects(scene)
  return disguised.length > 0 ? refuse('E_DISGUISED_DEFECT', { items: disguised }) : null
}
