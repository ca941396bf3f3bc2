import { businessNow } from '#core/clock/business_clock'
import type { SessionRow } from '#sessions/models/rows'
import type { Viewer } from '#sessions/policies/viewer'

/** The door opens this long before the appointed time: for the device check, and to wait for each other. */
const DOOR_OPENS_BEFORE_MS = 60 * 60_000

/** MEET-6: nobody comes in who has not agreed to the recording; and nobody before the door opens. */
export function mayEnter(
  session: SessionRow,
  viewer: Viewer,
  now = businessNow()
): { code: string; [param: string]: unknown } | null {
  if (session.phase === 'ended') return { code: 'E_MEETING_ENDED' }
  if (!viewer.consented) return { code: 'E_CONSENT' }
  if (session.started_at !== null && session.phase !== 'scheduled') return null
  if (!session.scheduled_at) return { code: 'E_NOT_SCHEDULED' }
  const opens = new Date(session.scheduled_at.getTime() - DOOR_OPENS_BEFORE_MS)
  return now < opens ? { code: 'E_DOOR_CLOSED', opens: opens.toISOString() } : null
}
