import type { UnitOfWork } from '#ledger/public'
import { ok, type Result } from '#lib/result'
import { applyEvent } from '#lib/room/apply_event'
import type { Parts } from '#lib/room/state'
import type { Channel } from '#lib/room/words'
import { reviewStream } from '#reviews/public'
import { appendEvents, type Source } from '#sessions/log/append_events'
import { keepChannelState, toEvent } from '#sessions/log/channel_log'
import type { Stage } from '#sessions/log/scene_of'
import type { SessionRow } from '#sessions/models/rows'
import type { Refused, Told } from '#sessions/decisions/scene'
import { project } from '#sessions/projections/project'
import { announceEvents } from '#sessions/realtime/announcements'

export type Positions = { room?: number; panel?: number; own?: number }

/**
 * Numbers and stores what was decided, writes the tables, tells the ledger where a table that it answers for
 * has changed, and has it sent once it is durable.
 */
export async function commitDecision(
  unit: UnitOfWork,
  session: SessionRow,
  stage: Stage,
  told: readonly Told[],
  source: Source & { type: string }
): Promise<Result<Positions, Refused>> {
  if (told.length === 0) return ok({})
  const { states } = stage
  const last = { room: states.room.seq, panel: states.panel.seq, own: states.own.seq }
  const { rows, logSeq, logHash } = await appendEvents(unit, session, source, told, last)
  const before: Parts = { room: states.room.state, panel: states.panel.state, own: states.own.state }
  const after: Parts = { ...before }
  const positions: Positions = {}
  for (const [index, { channel }] of told.entries()) {
    const event = toEvent(rows[index]!)
    Object.assign(after, { [channel]: applyEvent(channel, after[channel], event) })
    positions[channel] = event.seq
  }
  const context = {
    unit,
    session,
    actor: unit.actor,
    seatId: source.seatId,
    before,
    after,
    log: { seq: logSeq, hash: logHash },
  }
  const projected = await project(context, told)
  if (!projected.ok) return projected
  if (projected.value) {
    unit.entry({
      stream: reviewStream(session.review_id),
      type: `session.${source.type}`,
      payload: { operation: source.opId, seq: logSeq },
    })
  }
  unit.afterCommit(() => {
    for (const channel of Object.keys(positions) as Channel[]) {
      keepChannelState(session.review_id, channel, source.seatId, {
        seq: positions[channel]!,
        state: after[channel],
      })
    }
    announceEvents({ reviewId: session.review_id, types: told.map((one) => one.type), rows })
  })
  return ok(positions)
}
