import db from '@adonisjs/lucid/services/db'
import { SYSTEM_ACTOR } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { record, type UnitOfWork } from '#ledger/public'
import { notify } from '#messages/actions/notify'

export interface DeadlineRow {
  readonly id: string
  readonly object_id: string
  readonly kind: string
  readonly user_id: string | null
  readonly params: Record<string, unknown>
  readonly href: string | null
  readonly due_at: Date
}

type Passed = (unit: UnitOfWork, deadline: DeadlineRow) => Promise<void>
const handlers = new Map<string, Passed>()

/** What happens when a deadline of this kind passes, in the transaction that marks it passed. */
export function onDeadlinePassed(kind: string, handler: Passed): void {
  if (handlers.has(kind)) throw new Error(`Two handlers for deadline ${kind}`)
  handlers.set(kind, handler)
}

/** Reminds of what is near and acts on what has passed. Safe to run in several processes at once. */
export async function scanDeadlines(): Promise<{ reminded: number; passed: number }> {
  const now = businessNow()
  const open = () =>
    db.from('deadlines').whereNull('done_at').whereNull('passed_at').select('id').orderBy('due_at').limit(200)
  const near = await open().whereNull('reminded_at').where('remind_at', '<=', now).where('due_at', '>', now)
  for (const row of near) await remind(row.id)
  const due = await open().where('due_at', '<=', now)
  for (const row of due) await pass(row.id)
  return { reminded: near.length, passed: due.length }
}

async function remind(id: string): Promise<void> {
  await record(SYSTEM_ACTOR, async (unit) => {
    const row = await unit.trx
      .from('deadlines')
      .where('id', id)
      .whereNull('reminded_at')
      .forUpdate()
      .skipLocked()
      .first()
    if (!row) return
    await unit.trx.from('deadlines').where('id', id).update({ reminded_at: unit.at })
    if (!row.user_id) return
    await notify(unit, {
      userIds: [row.user_id],
      kind: `reminder.${row.kind}`,
      params: { ...row.params, dueAt: row.due_at.toISOString() },
      href: row.href,
      objectId: row.object_id,
    })
  })
}

async function pass(id: string): Promise<void> {
  await record(SYSTEM_ACTOR, async (unit) => {
    const row = await unit.trx
      .from('deadlines')
      .where('id', id)
      .whereNull('passed_at')
      .whereNull('done_at')
      .forUpdate()
      .skipLocked()
      .first()
    if (!row) return
    await unit.trx.from('deadlines').where('id', id).update({ passed_at: unit.at })
    await handlers.get(row.kind)?.(unit, row)
  })
}
