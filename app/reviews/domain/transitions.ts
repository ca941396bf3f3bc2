import {
  BEFORE_THE_MEETING,
  type Conclusion,
  FINAL_STATES,
  REVIEW_STATES,
  type ReviewActor,
  type ReviewState,
} from './states.ts'

/** `WHERE_IT_WAS`: back to the state that a pause or a suspension interrupted. */
export type Transition = {
  event: string
  from: readonly ReviewState[]
  to: ReviewState | 'WHERE_IT_WAS'
  by: readonly ReviewActor[]
  rule: string
  when?: { review_required?: boolean; conclusion?: readonly Conclusion[] }
  /** A new round begins, with a new draw. */
  next_round?: true
}

const HOSTS = ['organiser', 'agency'] as const
const AT_THE_TABLE = ['IN_SESSION', 'DELIBERATION', 'READ_OUT'] as const
const UNFINISHED = REVIEW_STATES.filter((state) => !FINAL_STATES.includes(state))

/** Rule PLAN-3, NN 1 and 4: from the draft to the point where a review may be asked for. */
const PREPARATION: Transition[] = [
  { event: 'self_check', from: ['DRAFT'], to: 'SELF_CHECKED', by: ['contractor'], rule: 'PLAN-7' },
  {
    event: 'contractor_review',
    from: ['SELF_CHECKED'],
    to: 'CONTRACTOR_REVIEWED',
    by: ['contractor_technical_head'],
    rule: 'PLAN-3',
  },
  {
    event: 'supervision_review',
    from: ['CONTRACTOR_REVIEWED'],
    to: 'SUPERVISING_ENGINEER_REVIEWED',
    by: ['chief_supervisor'],
    rule: 'PLAN-3',
  },
  {
    event: 'send_back',
    from: ['SELF_CHECKED', 'CONTRACTOR_REVIEWED'],
    to: 'DRAFT',
    by: ['contractor_technical_head', 'chief_supervisor'],
    rule: 'PLAN-3',
  },
  {
    event: 'new_version',
    from: ['SELF_CHECKED', 'CONTRACTOR_REVIEWED', 'SUPERVISING_ENGINEER_REVIEWED', 'RETURNED'],
    to: 'DRAFT',
    by: ['contractor'],
    rule: 'PLAN-4',
  },
  {
    event: 'register',
    from: ['SUPERVISING_ENGINEER_REVIEWED'],
    to: 'REGISTERED',
    by: ['contractor', 'program'],
    rule: 'PLAN-9',
    when: { review_required: false },
  },
  {
    event: 'release',
    from: ['REGISTERED'],
    to: 'IMPLEMENTABLE',
    by: ['program'],
    rule: 'PLAN-9',
    when: { review_required: false },
  },
]

/** Rules ORG-1, DRAW-1 … DRAW-13, PLAN-6: the form check is the organiser's or the program's, never the authority's. */
const PANEL: Transition[] = [
  {
    event: 'submit',
    from: ['SUPERVISING_ENGINEER_REVIEWED'],
    to: 'SUBMITTED',
    by: HOSTS,
    rule: 'PLAN-3',
    when: { review_required: true },
  },
  { event: 'form_check', from: ['SUBMITTED'], to: 'FORM_CHECKED', by: [...HOSTS, 'program'], rule: 'ORG-1' },
  { event: 'return', from: ['SUBMITTED'], to: 'RETURNED', by: [...HOSTS, 'program'], rule: 'ORG-1' },
  { event: 'draw', from: ['FORM_CHECKED'], to: 'DRAWN', by: [...HOSTS, 'program'], rule: 'DRAW-13' },
  { event: 'invite', from: ['DRAWN'], to: 'INVITING', by: HOSTS, rule: 'DRAW-13' },
  { event: 'confirm_panel', from: ['INVITING'], to: 'PANEL_CONFIRMED', by: HOSTS, rule: 'DRAW-3' },
  {
    event: 'panel_broken',
    from: ['PANEL_CONFIRMED', 'PRE_REVIEW', 'SCHEDULED'],
    to: 'INVITING',
    by: ['program'],
    rule: 'DRAW-10',
  },
  {
    event: 'deliver_plan',
    from: ['PANEL_CONFIRMED'],
    to: 'PRE_REVIEW',
    by: ['program', ...HOSTS],
    rule: 'PLAN-6',
  },
  {
    event: 'schedule',
    from: ['PRE_REVIEW', 'SCHEDULED', 'ADJOURNED'],
    to: 'SCHEDULED',
    by: HOSTS,
    rule: 'PLAN-6',
  },
]

/** Rules MEET-4, MEET-7, MEET-8, CONC-1 … CONC-5, REP-2. */
const MEETING: Transition[] = [
  { event: 'open_meeting', from: ['SCHEDULED'], to: 'IN_SESSION', by: ['leader', ...HOSTS], rule: 'MEET-8' },
  { event: 'pause', from: AT_THE_TABLE, to: 'PAUSED', by: ['leader', 'program'], rule: 'MEET-4' },
  { event: 'resume', from: ['PAUSED'], to: 'WHERE_IT_WAS', by: ['leader', 'program'], rule: 'MEET-4' },
  {
    event: 'deliberate',
    from: ['IN_SESSION', 'READ_OUT'],
    to: 'DELIBERATION',
    by: ['leader'],
    rule: 'MEET-7',
  },
  { event: 'read_out', from: ['DELIBERATION'], to: 'READ_OUT', by: ['leader'], rule: 'MEET-8' },
  { event: 'conclude', from: ['READ_OUT'], to: 'CONCLUDED', by: ['leader'], rule: 'CONC-1' },
  { event: 'adjourn', from: [...AT_THE_TABLE, 'PAUSED'], to: 'ADJOURNED', by: ['leader'], rule: 'MEET-4' },
  { event: 'open_signing', from: ['CONCLUDED'], to: 'SIGNING', by: ['leader', 'program'], rule: 'REP-2' },
  { event: 'refuse_to_sign', from: ['SIGNING'], to: 'CONCLUDED', by: ['leader', 'expert'], rule: 'CONC-1' },
  { event: 'issue_report', from: ['SIGNING'], to: 'REPORT_ISSUED', by: ['program'], rule: 'REP-2' },
  { event: 'file', from: ['REPORT_ISSUED'], to: 'FILED', by: ['program'], rule: 'REP-5' },
]

/** Rules REP-3, REP-4, REP-6, REP-8, REP-10: what follows from the conclusion. */
const AFTERWARDS: Transition[] = [
  {
    event: 'advice_answered',
    from: ['FILED'],
    to: 'IMPLEMENTABLE',
    by: ['contractor', 'program'],
    rule: 'REP-10',
    when: { conclusion: ['PASS'] },
  },
  {
    event: 'approved_again',
    from: ['FILED'],
    to: 'REVIEWED_AGAIN',
    by: ['chief_supervisor'],
    rule: 'REP-10',
    when: { conclusion: ['PASS'] },
  },
  {
    event: 'revise',
    from: ['FILED'],
    to: 'REVISING',
    by: ['contractor', 'program'],
    rule: 'REP-3',
    when: { conclusion: ['REVISE'] },
  },
  {
    event: 'submit_revision',
    from: ['REVISING'],
    to: 'REVISION_SUBMITTED',
    by: ['contractor'],
    rule: 'REP-3',
  },
  {
    event: 'leader_agrees',
    from: ['REVISION_SUBMITTED'],
    to: 'LEADER_OPINION',
    by: ['leader'],
    rule: 'REP-3',
  },
  { event: 'leader_sends_back', from: ['REVISION_SUBMITTED'], to: 'REVISING', by: ['leader'], rule: 'REP-3' },
  {
    event: 'approved_again',
    from: ['LEADER_OPINION'],
    to: 'REVIEWED_AGAIN',
    by: ['chief_supervisor'],
    rule: 'REP-3',
  },
  {
    event: 'send_back',
    from: ['LEADER_OPINION'],
    to: 'REVISING',
    by: ['contractor_technical_head', 'chief_supervisor'],
    rule: 'REP-3',
  },
  { event: 'release', from: ['REVIEWED_AGAIN'], to: 'IMPLEMENTABLE', by: ['program'], rule: 'REP-6' },
  {
    event: 'close',
    from: ['FILED'],
    to: 'CLOSED',
    by: ['program'],
    rule: 'REP-4',
    when: { conclusion: ['FAIL'] },
  },
  { event: 'new_round', from: ['CLOSED'], to: 'DRAFT', by: ['contractor'], rule: 'REP-4', next_round: true },
  { event: 'design_changed', from: ['IMPLEMENTABLE'], to: 'DRAFT', by: ['contractor'], rule: 'REP-8' },
]

/**
 * Rule DRAW-10 and supervision. Once a meeting has begun the organiser can't call the review off: else a
 * conclusion that displeases could be made to disappear.
 */
const FROM_ANYWHERE: Transition[] = [
  {
    event: 'suspend',
    from: UNFINISHED.filter((state) => state !== 'SUSPENDED'),
    to: 'SUSPENDED',
    by: ['centre', 'authority'],
    rule: 'SUP-1',
  },
  {
    event: 'lift_suspension',
    from: ['SUSPENDED'],
    to: 'WHERE_IT_WAS',
    by: ['centre', 'authority'],
    rule: 'SUP-1',
  },
  { event: 'void', from: UNFINISHED, to: 'VOIDED', by: ['authority'], rule: 'DRAW-10' },
  { event: 'cancel', from: BEFORE_THE_MEETING, to: 'CANCELLED', by: [...HOSTS, 'centre'], rule: 'DRAW-13' },
  {
    event: 'cancel',
    from: UNFINISHED.filter((state) => !BEFORE_THE_MEETING.includes(state)),
    to: 'CANCELLED',
    by: ['centre'],
    rule: 'DRAW-13',
  },
]

export const TRANSITIONS: readonly Transition[] = [
  ...PREPARATION,
  ...PANEL,
  ...MEETING,
  ...AFTERWARDS,
  ...FROM_ANYWHERE,
]
