import { newId } from '#core/ids'
import { SYSTEM_ACTOR, type AnyActor } from '#core/actor'
import { record, type UnitOfWork } from '#ledger/public'
import type { Decision, Me, Scene } from '#sessions/decisions/scene'
import { commitDecision } from '#sessions/log/commit_decision'
import { sceneOf } from '#sessions/log/scene_of'
import { lockSession } from '#sessions/queries/sessions'

const PROGRAM: Me = { userId: '', name: '', role: 'program', seatId: null, letter: null }

/**
 * What the program itself notices goes the same way as what people do: presence, the pause without a
 * quorum, the recorder's state. Refusals of the review's life mean that it has moved on: nothing is kept.
 */
export async function performForProgram(
  reviewId: string,
  type: string,
  decide: (scene: Scene) => Decision | Promise<Decision>,
  actor: AnyActor = SYSTEM_ACTOR
): Promise<void> {
  await record(actor, (unit) => performIn(unit, reviewId, type, decide))
}

/** The same inside a transaction that is open already. */
export async function performIn(
  unit: UnitOfWork,
  reviewId: string,
  type: string,
  decide: (scene: Scene) => Decision | Promise<Decision>
): Promise<void> {
  const session = await lockSession(unit.trx, reviewId)
  if (!session) return
  const stage = await sceneOf(unit.trx, session, PROGRAM, type, unit.at)
  const decision = await decide(stage.scene)
  if (!decision.ok || decision.value.length === 0) return
  const source = { opId: newId(), seatId: null, byUserId: null, forUserId: null, type }
  const done = await commitDecision(unit, session, stage, decision.value, source)
  if (!done.ok) throw new Error(`Review ${reviewId}, ${type}: ${JSON.stringify(done.error)}`)
}
