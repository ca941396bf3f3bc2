import type { UnitOfWork } from '#ledger/public'
import type { Review } from '#reviews/public'

type Listener = (unit: UnitOfWork, review: Review) => Promise<void>
const listeners: Listener[] = []

/** Lets the module of the reports begin the signing in the transaction that fixes the conclusion. */
export function onConcluded(listener: Listener): void {
  listeners.push(listener)
}

export async function concluded(unit: UnitOfWork, review: Review): Promise<void> {
  for (const listener of listeners) await listener(unit, review)
}
