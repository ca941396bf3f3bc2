import type { OperationRow } from '#sessions/models/rows'

export interface Announcement {
  readonly reviewId: string
  readonly types: readonly string[]
  readonly rows: readonly OperationRow[]
}

type Listener = (announcement: Announcement) => void
const listeners = new Set<Listener>()

/** What has just become durable in this process. Others hear of it by the database's own notification. */
export function onEvents(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Listeners hand on at once and never throw: the operation is done, whatever becomes of its echo. */
export function announceEvents(announcement: Announcement): void {
  for (const listener of listeners) listener(announcement)
}
