import { newId } from '#core/ids'
import { SYSTEM_ACTOR } from '#core/actor'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { ok, type Result } from '#lib/result'
import { refuse, type Decision, type Me, type Refused, type Scene } from '#sessions/decisions/scene'
import { commitDecision } from '#sessions/log/commit_decision'
import { sceneOf } from '#sessions/log/scene_of'
import { lockSession } from '#sessions/queries/sessions'

const PROGRAM: Me = { userId: '', name: '', role: 'program', seatId: null, letter: null }

/** Reads what it needs by the unit's own transaction: a second connection could wait for this one. */
type Deciding = (scene: Scene, unit: UnitOfWork) => Decision | Promise<Decision>

/**
 * What the program itself notices goes the same way as what people do: presence, the pause without a
 * quorum, the recorder's state. A refusal means that the review has moved on meanwhile: nothing is kept.
 */
export async function performForProgram(
  reviewId: string,
  type: string,
  decide: Deciding
): Promise<Result<null, Refused>> {
  return recordResult(SYSTEM_ACTOR, (unit) => performIn(unit, reviewId, type, decide))
}

/** The same inside a transaction that is open already; the caller rolls it back on a refusal. */
export async function performIn(
  unit: UnitOfWork,
  reviewId: string,
  type: string,
  decide: Deciding
): Promise<Result<null, Refused>> {
  const session = await lockSession(unit.trx, reviewId)
  if (!session) return refuse('E_NOT_FOUND')
  const stage = await sceneOf(unit.trx, session, PROGRAM, type, unit.at)
  const decision = await decide(stage.scene, unit)
  if (!decision.ok) return decision
  const source = { opId: newId(), seatId: null, byUserId: unit.actor.userId, forUserId: null, type }
  const done = await commitDecision(unit, session, stage, decision.value, source)
  return done.ok ? ok(null) : done
}
