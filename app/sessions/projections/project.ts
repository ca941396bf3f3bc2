import type { AnyActor } from '#core/actor'
import type { UnitOfWork } from '#ledger/public'
import type { Result } from '#lib/result'
import { ok } from '#lib/result'
import type { Parts } from '#lib/room/state'
import type { Refused, Told } from '#sessions/decisions/scene'
import type { SessionRow } from '#sessions/models/rows'
import { ITEM_PROJECTIONS, projectPositions } from '#sessions/projections/items'
import { MEETING_PROJECTIONS } from '#sessions/projections/meeting'
import { OPINION_PROJECTIONS } from '#sessions/projections/opinions'

export interface Projecting {
  readonly unit: UnitOfWork
  readonly session: SessionRow
  readonly actor: AnyActor
  readonly seatId: string | null
  readonly before: Parts
  readonly after: Parts
  readonly log: { seq: number; hash: string }
}

export type Projection = (context: Projecting, data: any) => Promise<void | Result<unknown, Refused>>

const PROJECTIONS: Readonly<Record<string, Projection>> = {
  ...OPINION_PROJECTIONS,
  ...ITEM_PROJECTIONS,
  ...MEETING_PROJECTIONS,
}

/**
 * Writes into the tables what the events say, for everybody who does not read the log: the report, the
 * ledger's fold, supervision. Typed failures come from the life of the review and undo everything.
 */
export async function project(context: Projecting, told: readonly Told[]): Promise<Result<boolean, Refused>> {
  let changed = false
  for (const { type, data } of told) {
    const projection = PROJECTIONS[type]
    if (!projection) continue
    const result = await projection(context, data)
    if (result && !result.ok) return result
    changed = true
  }
  if (told.some(({ type }) => ['item.created', 'item.removed', 'item.moved'].includes(type)))
    await projectPositions(context)
  return ok(changed)
}
