import type { SessionOverview, SessionSummary } from '@shared/room/protocol.ts'

export type { SessionOverview, SessionSummary }

/** Longest time between the plan's delivery and the meeting is a value of the regulation; the server names it. */
export const mayWrite = (overview: SessionOverview): boolean =>
  overview.me.seatId !== null && !['concluded', 'ended'].includes(overview.phase)

export const upcoming = (one: SessionSummary): boolean =>
  !['concluded', 'ended', 'adjourned'].includes(one.phase)
