import type { UnitOfWork } from '#ledger/public'

export interface IssuedReport {
  readonly reportId: string
  readonly reviewId: string
  readonly planId: string
}

type Listener = (unit: UnitOfWork, issued: IssuedReport) => Promise<void>
const listeners: Listener[] = []

/** What must happen with the issue itself (filing, deadlines of the answers), in its transaction. */
export function onReportIssued(listener: Listener): void {
  listeners.push(listener)
}

export async function announceIssued(unit: UnitOfWork, issued: IssuedReport): Promise<void> {
  for (const listener of listeners) await listener(unit, issued)
}
