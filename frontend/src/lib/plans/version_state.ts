import { m } from '#paraglide/messages.js'
import type { StateShape, StateTone } from '../ui/states.ts'
import type { Version } from './types.ts'

/** Shape and word of a version's own state. */
export function versionState(state: Version['state']): { shape: StateShape; tone: StateTone; label: string } {
  const looks: Record<Version['state'], { shape: StateShape; tone: StateTone; label: string }> = {
    draft: { shape: 'dash', tone: 'none', label: m.plan_version_draft() },
    self_checked: { shape: 'quarter', tone: 'act', label: m.plan_version_self_checked() },
    contractor_reviewed: { shape: 'half', tone: 'act', label: m.plan_version_contractor_reviewed() },
    approved: { shape: 'done', tone: 'act', label: m.plan_version_approved() },
    returned: { shape: 'must', tone: 'due', label: m.plan_version_returned() },
    superseded: { shape: 'ended', tone: 'off', label: m.plan_version_superseded() },
  }
  return looks[state]
}
