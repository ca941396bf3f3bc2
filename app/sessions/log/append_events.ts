import { newId } from '#core/ids'
import type { UnitOfWork } from '#ledger/public'
import { stateHash } from '#lib/room/state_hash'
import type { Channel } from '#lib/room/words'
import { channelKey } from '#sessions/log/channel_log'
import type { OperationRow, SessionRow } from '#sessions/models/rows'
import type { Told } from '#sessions/decisions/scene'

export interface Source {
  readonly opId: string
  readonly seatId: string | null
  readonly byUserId: string | null
  /** The leader, when a scribe acts for them. */
  readonly forUserId: string | null
}

/**
 * Writes what an operation led to at the end of the review's log, under the session's lock. Each event is
 * hashed over the one before it; the head of that chain goes into the ledger at each pause and at the end.
 */
export async function appendEvents(
  unit: UnitOfWork,
  session: SessionRow,
  source: Source,
  told: readonly Told[],
  last: { readonly [C in Channel]: number }
): Promise<{ rows: OperationRow[]; logSeq: number; logHash: string }> {
  const wall = Date.now()
  const next = { ...last }
  let logSeq = Number(session.log_seq)
  let logHash = session.log_hash
  const rows = told.map((one, index): OperationRow => {
    next[one.channel] += 1
    logSeq += 1
    const row = {
      id: newId(),
      review_id: session.review_id,
      seq: String(logSeq),
      channel: channelKey(one.channel, source.seatId),
      channel_seq: String(next[one.channel]),
      op_id: source.opId,
      op_index: index,
      type: one.type,
      data: one.data,
      by_user_id: source.byUserId,
      for_user_id: source.forUserId,
      at: unit.at,
      wall: String(wall),
    }
    logHash = eventHash(logHash, row)
    return row
  })
  await unit.trx
    .table('room_operations')
    .multiInsert(rows.map((row) => ({ ...row, data: JSON.stringify(row.data) })))
  await unit.trx
    .from('review_sessions')
    .where('id', session.id)
    .update({ log_seq: logSeq, log_hash: logHash })
  return { rows, logSeq, logHash }
}

/** One link of the chain: SHA-256 over the link before and the event as stored. */
export function eventHash(before: string, row: Omit<OperationRow, 'id'> & { id?: string }): string {
  const { id: _, at, ...event } = row
  return stateHash({ before, at: at.toISOString(), ...event })
}
