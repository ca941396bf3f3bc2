/** The shape of a jurisdiction's regulation file (`resources/regulations/<id>.json`), strict in every key. */
import { clause } from './clause.ts'
import { condition } from './condition.ts'
import { boolean, integer, list, matching, nullable, object, oneOf, type Read, text } from './shape.ts'
import { values } from './values.ts'

const date = matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
const code = matching(/^[a-z][a-z0-9_]*$/)
const named = { code, zh: text, en: text }
const conditions = list(condition)

const source = object({ code: text, number: text, zh: text, en: text })
const ground = object({ id: text, when: conditions, clause, zh: text, en: text })
const reminder = object({ code, when: conditions, clause, zh: text, en: text })
const tagRule = object({ when: list(condition, 1), companion_specialties: list(code), methods: list(code) })

const numberParameter = object(
  {
    name: code,
    kind: oneOf('number'),
    unit: text,
    minimum: integer(-1_000_000_000, 1_000_000_000),
    maximum: integer(-1_000_000_000, 1_000_000_000),
    zh: text,
    en: text,
  },
  { note: object({ zh: text, en: text }) }
)
const booleanParameter = object({ name: code, kind: oneOf('boolean'), zh: text, en: text })

export type NumberParameter = Read<typeof numberParameter>
export type BooleanParameter = Read<typeof booleanParameter>
export type Parameter = NumberParameter | BooleanParameter

const parameter = (value: unknown, path: string): Parameter =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'boolean'
    ? booleanParameter(value, path)
    : numberParameter(value, path)

const category = object({
  code: matching(/^[A-Z][A-Z_]*$/),
  zh: text,
  en: text,
  main_specialties: list(code, 1),
  companion_specialties: list(code),
  methods: list(code),
  tag_rules: list(tagRule),
  defect_groups: list(text),
  drawings: list(object(named)),
  hazardous: list(ground),
  review_required: list(ground),
  reminders: list(reminder),
})

const gradeRow = object({
  risk: code,
  grades: list(text, 1),
  zh: text,
  en: text,
  /** Any of these makes the risk; null is the row for all the rest. */
  any: nullable(list(object({ category: text, when: conditions }), 1)),
  clause,
})

/** A step by which a pool that does not suffice takes in more experts; each comes on top of those before. */
const wideningStep = object({
  ...named,
  /** Who holds one of `near` stands in for `of`. */
  specialties: list(object({ of: code, near: list(code, 1) })),
  cities: list(code),
  clause,
})

const defectGroup = object({
  group: text,
  zh: text,
  en: text,
  every_plan: boolean,
  items: list(object({ code: text, zh: text }), 1),
})

export const regulationFile = object({
  id: code,
  version: matching(/^\d{4}\.\d+$/),
  name: object({ zh: text, en: text }),
  valid_from: date,
  valid_until: nullable(date),
  utc_offset_minutes: integer(-720, 840),
  sources: list(source, 1),
  values,
  fees: nullable(list(object({ role: code, amount_fen: integer(0, 100_000_000), clause }), 1)),
  review_kinds: list(object(named), 1),
  grades: list(object({ code: text, zh: text, en: text }), 1),
  grade_table: list(gradeRow, 1),
  titles: list(object({ ...named, senior: boolean }), 1),
  specialties: list(object(named), 1),
  methods: list(object({ ...named, specialties: list(code, 1) })),
  /** Whose libraries a draw may reach out to. */
  cities: list(object(named)),
  draw_widening: list(wideningStep),
  parties: list(object({ ...named, may_be_pending: boolean }), 1),
  attendees: list(object({ ...named, party: code, delegate_allowed: boolean })),
  chapters: list(object({ ...named, number: integer(1, 99) }), 1),
  chapters_clause: clause,
  drawings_clause: clause,
  defects_clause: clause,
  parameters: list(parameter, 1),
  categories: list(category, 1),
  severe_defects: list(defectGroup, 1),
})

export type RegulationFile = Read<typeof regulationFile>
export type Category = Read<typeof category>
export type Ground = Read<typeof ground>
export type Reminder = Read<typeof reminder>
export type DefectGroup = Read<typeof defectGroup>
export type GradeRow = Read<typeof gradeRow>
export type WideningStep = Read<typeof wideningStep>

/** A regulation ready for the rules: the file's content, and the hash that a review pins when submitted. */
export type Regulation = RegulationFile & { readonly hash: string }
