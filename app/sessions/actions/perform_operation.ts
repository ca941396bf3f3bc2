import type { Actor } from '#core/actor'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { ok, type Result } from '#lib/result'
import type { Ack, Operation } from '#lib/room/operations'
import { decide } from '#sessions/decisions/decide'
import { refuse, type Decision, type Refused, type Scene } from '#sessions/decisions/scene'
import { editItemText } from '#sessions/log/edit_item_text'
import { commitDecision, type Positions } from '#sessions/log/commit_decision'
import { sceneOf } from '#sessions/log/scene_of'
import { viewerOf, type Viewer } from '#sessions/policies/viewer'
import { lockSession } from '#sessions/queries/sessions'

/**
 * One operation of one person: checked, numbered, written and made durable in one transaction, and only
 * then acknowledged. The same opId again changes nothing and gets the same answer.
 */
export async function performOperation(actor: Actor, operation: Operation): Promise<Ack> {
  const result = await recordResult<Positions, Refused>(actor, (unit) => perform(unit, actor, operation))
  if (result.ok) return { ok: true, opId: operation.opId, positions: result.value }
  return { ok: false, opId: operation.opId, error: result.error }
}

async function perform(
  unit: UnitOfWork,
  actor: Actor,
  operation: Operation
): Promise<Result<Positions, Refused>> {
  const session = await lockSession(unit.trx, operation.reviewId)
  const viewer = session && (await viewerOf(actor, session, unit.trx))
  if (!session || !viewer) return refuse('E_NOT_FOUND')
  const done = await positionsOf(unit, operation, viewer)
  if (done) return done
  const review = await unit.trx.from('reviews').where('id', session.review_id).select('state').firstOrFail()
  if (review.state === 'SUSPENDED') return refuse('E_SUSPENDED')
  const { seat } = viewer
  const me = {
    userId: viewer.userId,
    name: viewer.name,
    role: viewer.role,
    seatId: seat?.id ?? null,
    letter: seat?.letter ?? null,
  }
  const stage = await sceneOf(unit.trx, session, me, operation.type, unit.at)
  const decision = await decideWithin(unit, stage.scene, operation)
  if (!decision.ok) return decision
  const forUserId = viewer.role === 'scribe' ? stage.scene.leaderUserId : null
  const source = {
    opId: operation.opId,
    seatId: seat?.id ?? null,
    byUserId: viewer.userId,
    forUserId,
    type: operation.type,
  }
  return commitDecision(unit, session, stage, decision.value, source)
}

async function decideWithin(unit: UnitOfWork, scene: Scene, operation: Operation): Promise<Decision> {
  if (operation.type !== 'item.text') return decide(scene, operation)
  return editItemText(unit, scene, operation.payload as Operation<'item.text'>['payload'])
}

/** Where an operation stands that has been done already; nobody can take another's number for theirs. */
async function positionsOf(
  unit: UnitOfWork,
  operation: Operation,
  viewer: Viewer
): Promise<Result<Positions, Refused> | null> {
  const rows = await unit.trx
    .from('room_operations')
    .where({ review_id: operation.reviewId, op_id: operation.opId })
    .orderBy('op_index')
  if (rows.length === 0) return null
  if (rows.some((row) => row.by_user_id !== viewer.userId)) return refuse('E_OPERATION_ID')
  const positions: Positions = {}
  for (const row of rows) {
    const channel = row.channel === 'room' || row.channel === 'panel' ? row.channel : 'own'
    positions[channel as keyof Positions] = Number(row.channel_seq)
  }
  return ok(positions)
}
