import type { UnitOfWork } from '#ledger/public'
import type { MeetingMode } from '#draw/models/draw'
import type { PanelSeat } from '#draw/queries/panel'

export interface ConfirmedPanel {
  readonly reviewId: string
  readonly panel: readonly PanelSeat[]
  readonly meetingAt: Date
  readonly mode: MeetingMode
}

export interface LostSeat {
  readonly reviewId: string
  readonly seatId: string
  readonly userId: string
  readonly expertId: string
}

const confirmed: ((unit: UnitOfWork, panel: ConfirmedPanel) => Promise<void>)[] = []
const lost: ((unit: UnitOfWork, seat: LostSeat) => Promise<void>)[] = []

/** Runs inside the transaction that confirms a panel: whoever then delivers the plan does it or nothing is done. */
export function onPanelConfirmed(hook: (unit: UnitOfWork, panel: ConfirmedPanel) => Promise<void>): void {
  confirmed.push(hook)
}

/** Runs inside the transaction in which somebody leaves: their access ends with it. */
export function onSeatLost(hook: (unit: UnitOfWork, seat: LostSeat) => Promise<void>): void {
  lost.push(hook)
}

export async function tellPanelConfirmed(unit: UnitOfWork, panel: ConfirmedPanel): Promise<void> {
  for (const hook of confirmed) await hook(unit, panel)
}

export async function tellSeatLost(unit: UnitOfWork, seat: LostSeat): Promise<void> {
  for (const hook of lost) await hook(unit, seat)
}
