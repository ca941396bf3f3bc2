/** What is known of a meeting without opening its recording. */
export interface MeetingCounts {
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  readonly opinions: number
  /** Whose words are those of another member, letter for letter. */
  readonly sameOpinions: number
  readonly pauses: number
  readonly membersLost: number
  readonly recordingBreaks: number
  readonly recorded: boolean
}

export type Fact =
  | { code: 'short'; minutes: number; median: number }
  | { code: 'no_opinions' }
  | { code: 'same_opinions'; count: number }
  | { code: 'pauses'; count: number }
  | { code: 'members_lost'; count: number }
  | { code: 'recording_breaks'; count: number }
  | { code: 'not_recorded' }

/** Fewer meetings than this have no median worth comparing with. */
const ENOUGH = 5

/**
 * Rule SUP-2. What stands out in a meeting, as facts with their figures: they say what was, never what it
 * means. `medianMinutes` is that of the meetings it is compared with, null where there are too few.
 */
export function factsOfMeeting(meeting: MeetingCounts, medianMinutes: number | null): Fact[] {
  const facts: Fact[] = []
  const minutes = minutesOf(meeting)
  if (minutes !== null && medianMinutes !== null && minutes * 2 < medianMinutes) {
    facts.push({ code: 'short', minutes, median: medianMinutes })
  }
  if (meeting.endedAt && meeting.opinions === 0) facts.push({ code: 'no_opinions' })
  if (meeting.sameOpinions > 0) facts.push({ code: 'same_opinions', count: meeting.sameOpinions })
  if (meeting.pauses > 0) facts.push({ code: 'pauses', count: meeting.pauses })
  if (meeting.membersLost > 0) facts.push({ code: 'members_lost', count: meeting.membersLost })
  if (!meeting.recorded) facts.push({ code: 'not_recorded' })
  else if (meeting.recordingBreaks > 0)
    facts.push({ code: 'recording_breaks', count: meeting.recordingBreaks })
  return facts
}

/** Whole minutes of a meeting that has ended. */
export function minutesOf({
  startedAt,
  endedAt,
}: Pick<MeetingCounts, 'startedAt' | 'endedAt'>): number | null {
  if (!startedAt || !endedAt) return null
  return Math.round((endedAt.getTime() - startedAt.getTime()) / 60_000)
}

/** The middle length in minutes; null of fewer than five. */
export function medianMinutes(meetings: readonly MeetingCounts[]): number | null {
  const lengths = meetings.flatMap((meeting) => minutesOf(meeting) ?? []).sort((a, b) => a - b)
  if (lengths.length < ENOUGH) return null
  const middle = lengths.length >> 1
  return lengths.length % 2 === 1
    ? lengths[middle]!
    : Math.round((lengths[middle - 1]! + lengths[middle]!) / 2)
}
