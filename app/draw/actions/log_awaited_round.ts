import { SYSTEM_ACTOR } from '#core/actor'
import { roundAfter } from '#lib/draw/beacon'
import { BEACON_ENTRY_TYPE } from '#lib/draw/witness_protocol'
import { timeOfRound } from '#lib/drand'
import { record } from '#ledger/public'
import { reviewStream } from '#reviews/public'
import type { Awaited } from '#draw/models/draw'
import { lockDraw, touch } from '#draw/queries/draws'

/** What is drawn with a round of its own: the draw, or one replacement. */
export interface TimedStep {
  readonly drawId: string
  readonly table: 'draws' | 'draw_departures'
  readonly id: string
  /** What both parties evaluate. */
  readonly input: string
}

/** What a step has so far. */
export interface Standing {
  readonly awaited: Awaited | null
  readonly witness_proof: string | null
  readonly beacon_code: string | null
  readonly proofs: unknown
}

/**
 * Level L3. Puts into the log which round is awaited: the first at least a minute after `time`. `instead` is what was
 * awaited until now, if anything: of two who come at once the second does nothing, and what the witness has answered
 * stays.
 */
export async function logAwaitedRound(step: TimedStep, time: number, instead: Awaited | null): Promise<void> {
  await record(SYSTEM_ACTOR, async (unit) => {
    const draw = await lockDraw(unit.trx, step.drawId)
    const standing: Standing = await unit.trx.from(step.table).where('id', step.id).firstOrFail()
    if (standing.awaited?.time !== instead?.time || standing.witness_proof || standing.proofs) return
    const chain = draw.rules.beacon!
    const round = roundAfter(chain, time)
    const awaited: Awaited = { reviewId: draw.review_id, time, round, due: timeOfRound(chain, round) }
    await unit.update(step.table, step.id, { awaited })
    unit.entry({
      stream: reviewStream(draw.review_id),
      type: BEACON_ENTRY_TYPE,
      payload: {
        drawId: draw.draw_id,
        input: step.input,
        time,
        beaconRound: round,
        due: awaited.due,
        chain: chain.chain,
      },
    })
    await touch(unit.trx, step.drawId)
  })
}
