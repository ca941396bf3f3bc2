import { m } from '#paraglide/messages.js'
import type { Fault, RevisionView } from './types.ts'

/** The page's title says where it stands, for this person. */
export function revisionTitle(view: RevisionView, faults: readonly Fault[]): string {
  const { state } = view.review
  if (view.mine.judges) return m.revision_title_check()
  if (state === 'IMPLEMENTABLE' && view.versions.implementable)
    return m.revision_title_may({ version: view.versions.implementable.number })
  if (state === 'CLOSED') return m.revision_title_closed()
  if (state === 'REVISION_SUBMITTED') return m.revision_title_wait_leader()
  if (state === 'LEADER_OPINION') return m.revision_title_wait_approval()
  if (!view.mine.answers) return m.revision_title_other()
  const left = new Set(faults.map(({ item }) => item)).size
  if (left > 0) return m.revision_title_answers_left({ count: left })
  if (!view.mine.submits) return m.revision_title_wait_filing()
  if (view.review.conclusion === 'REVISE' && !view.versions.revised) return m.revision_title_version()
  return m.revision_title_ready()
}
