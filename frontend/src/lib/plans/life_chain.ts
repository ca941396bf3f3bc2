import { m } from '#paraglide/messages.js'
import type { ChainStep } from '../ui/DimensionChain.svelte'
import { day } from '../ui/format.ts'
import type { PlanDetail } from './types.ts'

const order: Record<string, number> = {
  DRAFT: 0,
  RETURNED: 0,
  SELF_CHECKED: 1,
  CONTRACTOR_REVIEWED: 1,
  SUPERVISING_ENGINEER_REVIEWED: 2,
  SUBMITTED: 2,
  FORM_CHECKED: 2,
  DRAWN: 2,
  INVITING: 2,
  PANEL_CONFIRMED: 3,
  PRE_REVIEW: 3,
  SCHEDULED: 3,
  IN_SESSION: 4,
  PAUSED: 4,
  DELIBERATION: 4,
  READ_OUT: 4,
  ADJOURNED: 4,
  CONCLUDED: 5,
  SIGNING: 5,
  REPORT_ISSUED: 5,
  FILED: 5,
  REVISING: 6,
  REVISION_SUBMITTED: 6,
  LEADER_OPINION: 6,
  REVIEWED_AGAIN: 6,
  REGISTERED: 6,
  IMPLEMENTABLE: 7,
  // Only a plan that the panel did not pass is closed: it has no way on but a further round.
  CLOSED: 6,
}

/** The life of a plan as a chain of dimensions; a work that needs no review has three spans. */
export function lifeChain(plan: PlanDetail): ChainStep[] {
  const at = order[plan.review.state] ?? 0
  const state = (index: number): ChainStep['state'] => (at > index ? 'done' : at === index ? 'now' : 'later')
  const since = day(plan.review.stateSince)
  const schedule = plan.schedule
  const review = plan.review.reviewRequired || plan.reviewRequired || plan.voluntaryReason
  const waiting = plan.openApprovals[0]
  const handed = plan.review.history.findLast((one) => one.event === 'self_check')?.at
  const written: ChainStep = {
    label: m.plan_chain_writing(),
    detail:
      at === 0
        ? m.plan_chain_since({ day: day(plan.createdAt) })
        : [day(plan.createdAt), ...(handed && day(handed) !== day(plan.createdAt) ? [day(handed)] : [])].join(
            ' – '
          ),
    state: state(0),
    weight: 0.95,
  }
  const approved: ChainStep = {
    label: m.plan_chain_approval(),
    detail: waiting ? waitingText(waiting.kind) : undefined,
    state: state(1),
    weight: 1.55,
  }
  const closed = plan.review.state === 'CLOSED'
  const built: ChainStep = {
    label: m.plan_chain_building(),
    detail: closed ? m.plan_chain_not_built() : at === 7 ? since : m.plan_chain_building_when(),
    state: closed ? 'later' : at === 7 ? 'now' : state(6),
    weight: 0.9,
  }
  if (!review) return [written, approved, { ...built, label: m.plan_chain_registered() }]
  return [
    written,
    approved,
    {
      label: m.plan_chain_draw(),
      detail: schedule ? m.plan_chain_meant({ day: day(`${schedule.drawOn}T04:00:00Z`) }) : undefined,
      state: state(2),
      weight: 0.95,
    },
    { label: m.plan_chain_reading(), detail: m.plan_chain_reading_when(), state: state(3), weight: 0.9 },
    {
      label: m.plan_chain_meeting(),
      detail: schedule ? m.plan_chain_meant({ day: day(schedule.meetingAt) }) : undefined,
      state: state(4),
      weight: 0.9,
    },
    { label: m.plan_chain_signing(), detail: m.plan_chain_signing_when(), state: state(5), weight: 1.05 },
    built,
  ]
}

function waitingText(kind: string): string {
  return kind === 'supervision' ? m.plan_waits_supervision() : m.plan_waits_contractor()
}
