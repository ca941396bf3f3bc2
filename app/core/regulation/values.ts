/**
 * The values of a jurisdiction that rules read, each with its kind. A number that the field may set
 * otherwise elsewhere stands here and in the regulation file, never in the rule.
 */
import { boolean, integer, nullable, object, oneOf, type Reader, text } from './shape.ts'
import { clause, type Clause } from './clause.ts'

const count = integer(0, 1000)
const positive = integer(1, 1000)
const percent = integer(0, 100)
const hourOfDay = integer(0, 24)
const ofTen = integer(1, 10)

const VALUE_READERS = {
  'library.years_in_specialty': positive,
  'library.publicity_days': positive,
  'library.term_years': positive,
  'library.age_limit': nullable(integer(18, 120)),
  'library.study_hours_per_year': count,
  'conduct.report_handling_days': positive,
  'draw.level': oneOf('L2', 'L3'),
  'draw.pushed': positive,
  'draw.recent_employer_years': count,
  'draw.group_counts_as_employer': boolean,
  'draw.reviews_per_month': positive,
  'draw.earlier_members_may_return': boolean,
  'draw.maximum_replacements': count,
  'draw.minimum_outcome_bits': count,
  'draw.maximum_per_employer': ofTen,
  'draw.minimum_main_specialty': ofTen,
  'draw.maximum_main_specialty': ofTen,
  'draw.maximum_companion_specialty': ofTen,
  'draw.lost_specialty_shown_days': count,
  'near_plan.text_percent': percent,
  'near_plan.text_beside_facts_percent': percent,
  'near_plan.parameter_percent': percent,
  'near_plan.site_percent': percent,
  'near_plan.common_parties': positive,
  'panel.minimum': positive,
  'panel.odd': boolean,
  'panel.minimum_specialties': positive,
  'panel.minimum_main_specialty': count,
  'panel.leader_of_main_specialty': boolean,
  'panel.maximum_per_employer': positive,
  'panel.alternates': count,
  'invitation.answer_hours': positive,
  'invitation.window_opens_hour': hourOfDay,
  'invitation.window_closes_hour': hourOfDay,
  'call_out.attempts': positive,
  'call_out.minutes_apart': count,
  'call_out.minutes_to_object': positive,
  'contact.shown_hours': positive,
  'meeting.plan_days_before': count,
  'meeting.closed_deliberation_recorded': boolean,
  'recording.kept_years': positive,
  'filing.days': positive,
  'filing.rest_day_rolls_over': boolean,
  'revision.leader_check_working_days': positive,
  'revision.answers_working_days': positive,
  'assessment.appeal_working_days': positive,
  'fairness.alarm_per_mille': integer(1, 200),
  'fairness.redraws': integer(99, 9999),
  'report.summary_maximum_characters': integer(1, 10000),
  'report.leader_signs_last': boolean,
} satisfies Record<string, Reader<unknown>>

export type ValueKey = keyof typeof VALUE_READERS
export type ValueOf<K extends ValueKey> = ReturnType<(typeof VALUE_READERS)[K]>
export type Sourced<T> = { value: T; unit: string; rule: string; clause: Clause }
export type Values = { [K in ValueKey]: Sourced<ValueOf<K>> }

/** Exactly the keys above: a value that no rule reads is a mistake in the file, and so is one left out. */
export const values = object(
  Object.fromEntries(
    Object.entries(VALUE_READERS).map(([key, value]) => [
      key,
      object({ value: value as Reader<unknown>, unit: text, rule: text, clause }),
    ])
  )
) as unknown as Reader<Values>
