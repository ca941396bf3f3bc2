import type { Regulation } from '#core/regulation/types'
import { earliestMeeting } from './deadlines.ts'

export type MeetingTimeFault =
  { code: 'plan_not_delivered'; members: string[] } | { code: 'too_early'; earliest: Date }

/**
 * Rule PLAN-6 (NN 4(3)). The meeting begins no earlier than 48 h after the plan reached the last member;
 * alternates get it too and count (DRAW-11).
 */
export function meetingTimeFault(
  meetingAt: Date,
  deliveries: readonly { member: string; delivered_at: Date | null }[],
  regulation: Regulation
): MeetingTimeFault | null {
  const members = deliveries.filter((one) => one.delivered_at === null).map((one) => one.member)
  if (members.length > 0 || deliveries.length === 0) return { code: 'plan_not_delivered', members }
  const last = Math.max(...deliveries.map((one) => one.delivered_at?.getTime() ?? 0))
  const earliest = earliestMeeting(new Date(last), regulation)
  return meetingAt < earliest ? { code: 'too_early', earliest } : null
}
