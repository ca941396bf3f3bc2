import type { Fact } from '#supervision/domain/facts_of_a_meeting'

export interface EndedMeeting {
  readonly ended: boolean
  readonly conclusion: 'PASS' | 'REVISE' | 'FAIL' | null
  /** Listed defects that stand (CONC-3). */
  readonly standingDefects: number
  readonly inspections: number
  readonly facts: readonly Fact[]
}

/**
 * Rules SUP-5 and SUP-6. Why the authority looks at a meeting that has ended, until somebody has opened an
 * inspection of it: a plan that failed for a severe defect is a major hidden danger; otherwise what stands
 * out in the meeting. Null: nothing asks for it.
 */
export function whyToLook(meeting: EndedMeeting): 'hidden_danger' | 'facts' | null {
  if (!meeting.ended || meeting.inspections > 0) return null
  if (meeting.conclusion === 'FAIL' && meeting.standingDefects > 0) return 'hidden_danger'
  return meeting.facts.length > 0 ? 'facts' : null
}
