import { newId } from '#core/ids'
import type { UnitOfWork } from '#ledger/public'

export interface Notice {
  readonly userIds: readonly string[]
  /** Code of the text, see frontend/messages. */
  readonly kind: string
  readonly params: Record<string, unknown>
  readonly href: string | null
  readonly objectId: string
}

/** A message in the app, one per person, in the transaction of what it tells of. */
export async function notify(unit: UnitOfWork, notice: Notice): Promise<void> {
  const rows = [...new Set(notice.userIds)].map((userId) => ({
    id: newId(),
    user_id: userId,
    kind: notice.kind,
    params: JSON.stringify(notice.params),
    href: notice.href,
    object_id: notice.objectId,
    created_at: unit.at,
  }))
  if (rows.length > 0) await unit.trx.table('messages').multiInsert(rows)
  unit.afterCommit(() => announce(notice.userIds))
}

type Listener = (userIds: readonly string[]) => void
const listeners = new Set<Listener>()

/** Lets the realtime layer tell open pages that there is something new. */
export function onNotice(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function announce(userIds: readonly string[]): void {
  for (const listener of listeners) listener(userIds)
}
