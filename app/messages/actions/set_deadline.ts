import { newId } from '#core/ids'
import type { UnitOfWork } from '#ledger/public'

export interface NewDeadline {
  readonly objectId: string
  readonly kind: string
  /** Whose it is; null when it is nobody's in particular (a job acts on it). */
  readonly userId: string | null
  readonly params?: Record<string, unknown>
  readonly href?: string | null
  readonly dueAt: Date
  /** When to remind: before the deadline, not after it. */
  readonly remindAt?: Date | null
}

/** Deadlines are rows, written with what causes them. Setting one again moves it. */
export async function setDeadline(unit: UnitOfWork, deadline: NewDeadline): Promise<void> {
  await clearDeadline(unit, deadline)
  await unit.trx.table('deadlines').insert({
    id: newId(),
    object_id: deadline.objectId,
    kind: deadline.kind,
    user_id: deadline.userId,
    params: JSON.stringify(deadline.params ?? {}),
    href: deadline.href ?? null,
    due_at: deadline.dueAt,
    remind_at: deadline.remindAt ?? null,
  })
}

/** Marks it done. Without a user: everybody's of that kind. */
export async function clearDeadline(
  unit: UnitOfWork,
  deadline: { objectId: string; kind: string; userId?: string | null }
): Promise<void> {
  const query = unit.trx
    .from('deadlines')
    .where({ object_id: deadline.objectId, kind: deadline.kind })
    .whereNull('done_at')
  if (deadline.userId) query.where('user_id', deadline.userId)
  await query.update({ done_at: unit.at })
}
