import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Call, CallOutcome } from '#draw/domain/three_calls_count_as_not_reached'
import type { SeatRow } from '#draw/models/draw'

export interface CallRow extends Call {
  readonly id: string
  readonly seat_id: string
  readonly reason_code: string | null
  readonly note: string
}

/** Calls about the invitation that a place is held by now, the first first; earlier invitations had theirs. */
export async function callsOf(
  seat: Pick<SeatRow, 'id' | 'invited_at'>,
  trx: TransactionClientContract
): Promise<CallRow[]> {
  return trx
    .from('draw_call_outs')
    .where('seat_id', seat.id)
    .where('called_at', '>=', seat.invited_at!)
    .orderBy('called_at')
}

export interface CallView {
  readonly id: string
  readonly at: string
  readonly outcome: CallOutcome
  readonly reasonCode: string | null
  readonly note: string
  readonly by: string
  readonly organisation: string | null
  readonly response: string | null
  readonly responseNote: string | null
  readonly respondedAt: string | null
}

/** Every call of a draw, or to one place of it, by place; with who made it and what the expert says of it. */
export async function callViews(
  where: { draw_id: string } | { seat_id: string }
): Promise<Map<string, CallView[]>> {
  const rows = await db
    .from('draw_call_outs as c')
    .join('users as u', 'u.id', 'c.by_user_id')
    .leftJoin('memberships as m', 'm.id', 'c.by_membership_id')
    .leftJoin('organisations as o', 'o.id', 'm.organisation_id')
    .where(Object.fromEntries(Object.entries(where).map(([column, id]) => [`c.${column}`, id])))
    .orderBy('c.called_at')
    .select('c.*', 'u.name as by', 'o.name as organisation')
  const views = new Map<string, CallView[]>()
  for (const row of rows) {
    const view: CallView = {
      id: row.id,
      at: row.called_at.toISOString(),
      outcome: row.outcome,
      reasonCode: row.reason_code,
      note: row.note,
      by: row.by,
      organisation: row.organisation,
      response: row.response,
      responseNote: row.response_note,
      respondedAt: row.responded_at?.toISOString() ?? null,
    }
    views.set(row.seat_id, [...(views.get(row.seat_id) ?? []), view])
  }
  return views
}
