/** Deadlines of a review, all pure: the instants come in, nothing reads a clock. */
import { afterDays, afterWorkingDays, type Deadline } from '#core/regulation/calendar'
import type { Regulation } from '#core/regulation/types'

const HOUR = 3_600_000

/** Rule PLAN-6 (NN 4(3)). The meeting begins no earlier than 48 h (2 days of 24 h) after the last delivery. */
export function earliestMeeting(deliveredToLastMember: Date, regulation: Regulation): Date {
  return new Date(
    deliveredToLastMember.getTime() + regulation.values['meeting.plan_days_before'].value * 24 * HOUR
  )
}

/** Rule PLAN-6. The last instant at which the plan may reach the last member for a meeting at this time. */
export function latestDelivery(meetingAt: Date, regulation: Regulation): Date {
  return new Date(meetingAt.getTime() - regulation.values['meeting.plan_days_before'].value * 24 * HOUR)
}

/** Rule REP-5 (NN 4(5), 4(7)). 24:00 of the third day, counted from the day after the meeting has ended. */
export function filingDeadline(meetingEndedAt: Date, regulation: Regulation): Deadline {
  return afterDays(
    meetingEndedAt,
    regulation.values['filing.days'].value,
    regulation.utc_offset_minutes,
    regulation.values['filing.rest_day_rolls_over'].value
  )
}

/** Rule REP-3. When the leader's opinion on a submitted revision is due. */
export function leaderCheckDeadline(revisionSubmittedAt: Date, regulation: Regulation): Deadline {
  const days = regulation.values['revision.leader_check_working_days'].value
  return afterWorkingDays(revisionSubmittedAt, days, regulation.utc_offset_minutes)
}

/** Rule REP-3. When the contractor's answers to the report are due. */
export function answersDeadline(reportIssuedAt: Date, regulation: Regulation): Deadline {
  const days = regulation.values['revision.answers_working_days'].value
  return afterWorkingDays(reportIssuedAt, days, regulation.utc_offset_minutes)
}
