import { addDays, civilDay, endOfDay, isWorkingDay } from '#core/regulation/calendar'

export interface BackwardSchedule {
  readonly supervisionDoneBy: Date
  readonly drawOn: string
  readonly deliverBy: Date
  readonly meetingAt: Date
  readonly fileBy: Date
}

/** Working days between the draw and delivery: an invitation, its answers, and one refill (D). */
const DRAW_LEAD_WORKING_DAYS = 2

/**
 * Rules PLAN-6, REP-5. From a proposed meeting back to what has to be done by when: delivery 48 h before,
 * the draw two working days before delivery, the approvals the working day before the draw; and filing
 * after it. Days are civil days at `offsetMinutes` east of UTC.
 */
export function backwardSchedule(
  meeting: { meetingAt: Date; deliverBy: Date; fileBy: Date },
  offsetMinutes: number
): BackwardSchedule {
  const drawOn = workingDaysBefore(civilDay(meeting.deliverBy, offsetMinutes), DRAW_LEAD_WORKING_DAYS)
  return { ...meeting, drawOn, supervisionDoneBy: endOfDay(workingDaysBefore(drawOn, 1), offsetMinutes) }
}

function workingDaysBefore(day: string, count: number): string {
  let found = day
  for (let left = count; left > 0;) {
    found = addDays(found, -1)
    if (isWorkingDay(found)) left -= 1
  }
  return found
}
