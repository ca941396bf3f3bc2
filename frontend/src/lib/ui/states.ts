import { m } from '#paraglide/messages.js'

/** Twelve shapes; the pie (in work) has three fillings. */
export type StateShape =
  | 'dash'
  | 'ring'
  | 'quarter'
  | 'half'
  | 'most'
  | 'done'
  | 'must'
  | 'seal'
  | 'pause'
  | 'lock'
  | 'refused'
  | 'ended'
  | 'objection'
export type StateTone = 'none' | 'act' | 'due' | 'seal' | 'off'

export interface StateLook {
  shape: StateShape
  tone: StateTone
  label: () => string
}

const look = (shape: StateShape, tone: StateTone, label: () => string): StateLook => ({ shape, tone, label })

/** Life cycle of a review, by the code the server sends. */
export const reviewStates: Record<string, StateLook> = {
  DRAFT: look('dash', 'none', m.review_draft),
  SELF_CHECKED: look('quarter', 'act', m.review_self_checked),
  CONTRACTOR_REVIEWED: look('half', 'act', m.review_contractor_reviewed),
  SUPERVISING_ENGINEER_REVIEWED: look('most', 'act', m.review_supervising_engineer_reviewed),
  REGISTERED: look('done', 'act', m.review_registered),
  SUBMITTED: look('ring', 'none', m.review_submitted),
  FORM_CHECKED: look('done', 'act', m.review_form_checked),
  RETURNED: look('must', 'due', m.review_returned),
  DRAWN: look('done', 'act', m.review_drawn),
  INVITING: look('half', 'act', m.review_inviting),
  PANEL_CONFIRMED: look('done', 'act', m.review_panel_confirmed),
  PRE_REVIEW: look('half', 'act', m.review_pre_review),
  SCHEDULED: look('ring', 'none', m.review_scheduled),
  IN_SESSION: look('half', 'act', m.review_in_session),
  PAUSED: look('pause', 'due', m.review_paused),
  DELIBERATION: look('lock', 'act', m.review_deliberation),
  READ_OUT: look('most', 'act', m.review_read_out),
  CONCLUDED: look('seal', 'seal', m.review_concluded),
  ADJOURNED: look('pause', 'due', m.review_adjourned),
  SIGNING: look('half', 'seal', m.review_signing),
  REPORT_ISSUED: look('seal', 'seal', m.review_report_issued),
  FILED: look('done', 'act', m.review_filed),
  REVISING: look('must', 'due', m.review_revising),
  REVISION_SUBMITTED: look('ring', 'none', m.review_revision_submitted),
  LEADER_OPINION: look('done', 'act', m.review_leader_opinion),
  REVIEWED_AGAIN: look('most', 'act', m.review_reviewed_again),
  IMPLEMENTABLE: look('done', 'act', m.review_implementable),
  CLOSED: look('ended', 'seal', m.review_closed),
  SUSPENDED: look('pause', 'due', m.review_suspended),
  VOIDED: look('ended', 'seal', m.review_voided),
  CANCELLED: look('ended', 'off', m.review_cancelled),
}

/** A place on the panel. */
export const seatStates: Record<string, StateLook> = {
  DRAWN: look('dash', 'none', m.seat_drawn),
  INVITED: look('ring', 'none', m.seat_invited),
  ACCEPTED: look('done', 'act', m.seat_accepted),
  UNAVAILABLE: look('refused', 'off', m.seat_unavailable),
  NO_ANSWER: look('must', 'due', m.seat_no_answer),
  RECUSED: look('ended', 'off', m.seat_recused),
  PANEL: look('done', 'act', m.seat_panel),
  ALTERNATE: look('ring', 'none', m.seat_alternate),
  NOT_CHOSEN: look('ended', 'off', m.seat_not_chosen),
  WITHDRAWN: look('refused', 'off', m.seat_withdrawn),
  ABSENT: look('refused', 'due', m.seat_absent),
  REPLACED: look('half', 'act', m.seat_replaced),
}

export const opinionStates: Record<string, StateLook> = {
  DRAFT: look('dash', 'none', m.opinion_draft),
  SUBMITTED: look('lock', 'act', m.opinion_submitted),
  REVEALED: look('ring', 'none', m.opinion_revealed),
  MERGED: look('half', 'act', m.opinion_merged),
  LEFT_OUT: look('refused', 'off', m.opinion_left_out),
  CONFIRMED: look('done', 'act', m.opinion_confirmed),
  OBJECTED: look('objection', 'due', m.opinion_objected),
  FINAL: look('seal', 'seal', m.opinion_final),
  ANSWERED: look('ring', 'none', m.opinion_answered),
  VERIFIED: look('done', 'act', m.opinion_verified),
  REJECTED: look('must', 'due', m.opinion_rejected),
}
