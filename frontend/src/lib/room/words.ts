import { m } from '#paraglide/messages.js'
import type { Phase, RoomRole, Stage } from '@shared/room/protocol.ts'
import type { Missing, Bar } from './conclusion_standing.ts'
import type { Hint } from './concreteness.ts'
import type { StateShape, StateTone } from '../ui/states.ts'

const roles: Record<RoomRole, () => string> = {
  leader: m.room_role_leader,
  expert: m.room_role_expert,
  alternate: m.room_role_alternate,
  scribe: m.room_role_scribe,
  host: m.room_role_host,
  party: m.room_role_party,
  supervisor: m.room_role_supervisor,
}
export const roleWord = (role: RoomRole): string => roles[role]()

const stages: Record<Stage, () => string> = {
  sign_in: m.room_stage_sign_in,
  introduction: m.room_stage_introduction,
  presentation: m.room_stage_presentation,
  questions: m.room_stage_questions,
  deliberation: m.room_stage_deliberation,
  read_out: m.room_stage_read_out,
  answers: m.room_stage_answers,
  signing: m.room_stage_signing,
}
export const stageWord = (stage: Stage): string => stages[stage]()

const phases: Record<Phase, { shape: StateShape; tone: StateTone; word: () => string }> = {
  pre_review: { shape: 'half', tone: 'act', word: m.review_pre_review },
  scheduled: { shape: 'ring', tone: 'none', word: m.review_scheduled },
  in_session: { shape: 'half', tone: 'act', word: m.review_in_session },
  paused: { shape: 'pause', tone: 'due', word: m.review_paused },
  deliberation: { shape: 'lock', tone: 'act', word: m.review_deliberation },
  read_out: { shape: 'most', tone: 'act', word: m.review_read_out },
  concluded: { shape: 'seal', tone: 'seal', word: m.review_concluded },
  adjourned: { shape: 'pause', tone: 'due', word: m.review_adjourned },
  ended: { shape: 'ended', tone: 'off', word: m.room_phase_ended },
}
export const phaseLook = (phase: Phase) => phases[phase]

/** The bar's six spans; introduction belongs to the sign-in, the answers to the conclusion. */
export const spans = [
  'sign_in',
  'presentation',
  'questions',
  'deliberation',
  'conclusion',
  'signing',
] as const
export type Span = (typeof spans)[number]
const spanWords: Record<Span, () => string> = {
  sign_in: m.room_stage_sign_in,
  presentation: m.room_stage_presentation,
  questions: m.room_stage_questions,
  deliberation: m.room_stage_deliberation,
  conclusion: m.room_stage_conclusion,
  signing: m.room_stage_signing,
}
export const spanWord = (span: Span): string => spanWords[span]()
export function spanOf(stage: Stage): Span {
  if (stage === 'introduction') return 'sign_in'
  return stage === 'read_out' || stage === 'answers' ? 'conclusion' : stage
}

/** 第 3、4 项. */
export const numbers = (list: readonly number[]): string => list.join(m.room_list_comma())

export function missingText(missing: Missing): string {
  if (missing.code === 'absent') return m.room_missing_absent({ count: missing.count })
  if (missing.code === 'unhandled') return m.room_missing_unhandled({ count: missing.count })
  if (missing.code === 'votes') return m.room_missing_votes({ count: missing.count })
  const items = numbers(missing.items)
  if (missing.code === 'defects') return m.room_missing_defects({ items })
  if (missing.code === 'unconfirmed') return m.room_missing_unconfirmed({ items })
  return m.room_missing_vague({ items })
}

const bars: Record<Bar, () => string> = {
  defect: m.room_bar_defect,
  must_fix_open: m.room_bar_must_fix_open,
  must_fix_needed: m.room_bar_must_fix_needed,
}
export const barText = (bar: Bar): string => bars[bar]()

const hints: Record<Exclude<Hint['code'], 'vague'>, () => string> = {
  place: m.room_hint_place,
  basis: m.room_hint_basis,
  requirement: m.room_hint_requirement,
  defect: m.room_hint_defect,
  short: m.room_hint_short,
}
export const hintText = (hint: Hint): string =>
  hint.code === 'vague' ? m.room_hint_vague({ phrase: hint.phrase }) : hints[hint.code]()

const attendees: Record<string, () => string> = {
  owner_lead: m.room_attendee_owner_lead,
  survey_lead: m.room_attendee_survey_lead,
  design_lead: m.room_attendee_design_lead,
  contractor_technical_head: m.room_attendee_contractor_technical_head,
  subcontractor_technical_head: m.room_attendee_subcontractor_technical_head,
  project_manager: m.room_attendee_project_manager,
  project_technical_lead: m.room_attendee_project_technical_lead,
  plan_author: m.room_attendee_plan_author,
  safety_officer: m.room_attendee_safety_officer,
  chief_supervisor: m.room_attendee_chief_supervisor,
  specialist_supervisor: m.room_attendee_specialist_supervisor,
}
/** A code of another jurisdiction's file is shown as it is. */
export const attendeeWord = (code: string): string => attendees[code]?.() ?? code

const mediaReasons: Record<string, () => string> = {
  not_configured: m.room_media_not_configured,
  no_binary_for_platform: m.room_media_not_configured,
  go_missing: m.room_media_not_configured,
  build_failed: m.room_media_failed,
  start_failed: m.room_media_failed,
  crashing: m.room_media_failed,
  starting: m.room_media_starting,
  restarting: m.room_media_starting,
  stopped: m.room_media_failed,
  no_connection: m.room_media_no_connection,
}
export const mediaReason = (reason: string): string => (mediaReasons[reason] ?? m.room_media_failed)()

const outs: Record<string, () => string> = {
  deliberation: m.room_out_deliberation,
  excused: m.room_out_excused,
  replaced: m.room_out_replaced,
  ended: m.room_out_ended,
  elsewhere: m.room_out_elsewhere,
}
export const outText = (why: string): string => (outs[why] ?? m.room_out_ended)()
