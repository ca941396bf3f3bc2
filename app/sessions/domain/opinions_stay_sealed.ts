export const OPINION_STATES = [
  'DRAFT',
  'SUBMITTED',
  'REVEALED',
  'MERGED',
  'LEFT_OUT',
  'CONFIRMED',
  'OBJECTED',
  'FINAL',
  'ANSWERED',
  'VERIFIED',
  'REJECTED',
] as const
export type OpinionState = (typeof OPINION_STATES)[number]

/** Who looks: an expert or leader of the panel or an alternate, a scribe, or somebody else of the meeting. */
export type OpinionViewer =
  { kind: 'panel'; expert_id: string; submitted: boolean } | { kind: 'scribe' } | { kind: 'other' }

/**
 * Rule PLAN-6, SEC-2. A draft and a sealed opinion are seen by their author alone. What is revealed is seen
 * by the panel, by an expert only once they have submitted their own, and by the scribe. Others see none.
 */
export function maySeeOpinion(
  opinion: { author_id: string; state: OpinionState },
  viewer: OpinionViewer
): boolean {
  if (viewer.kind === 'panel' && viewer.expert_id === opinion.author_id) return true
  if (opinion.state === 'DRAFT' || opinion.state === 'SUBMITTED') return false
  return viewer.kind === 'scribe' || (viewer.kind === 'panel' && viewer.submitted)
}

/** Rule PLAN-6. The seal is lifted for all at once: when the meeting has begun and every member has submitted. */
export function mayReveal(meetingBegun: boolean, members: readonly { submitted: boolean }[]): boolean {
  return meetingBegun && members.length > 0 && members.every((member) => member.submitted)
}
