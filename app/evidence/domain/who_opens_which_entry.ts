/** Who takes a bundle: supervisors, or those who took part in the review. */
export type BundleReader = 'supervisor' | 'participant'

/**
 * What everybody who took part has seen in the product itself. The rest (refusals with their reasons, consents, who
 * looked at whose data, inspections, the log of the closed deliberation) is for supervisors.
 */
const OPEN_TO_PARTICIPANTS: readonly (string | RegExp)[] = [
  /^review\./,
  /^draw\./,
  'place.invite',
  'place.accept',
  'place.step_in',
  'meeting.opened',
  'session.set_up',
  'recording.began',
  'recording.finished',
  /^report\./,
  /^filing\./,
  /^revision\./,
  'evidence.bundled',
  'stream.closed',
]

/**
 * Rule SEC-2. Whether an entry's content may go out with a reader's bundle. Closed entries stay in it with their
 * leaf and path, so that nobody can leave one out unseen.
 */
export function mayOpenEntry(reader: BundleReader, type: string): boolean {
  if (reader === 'supervisor') return true
  return OPEN_TO_PARTICIPANTS.some((open) => (typeof open === 'string' ? open === type : open.test(type)))
}
