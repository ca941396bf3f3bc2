import { type Condition, evaluateAll, type ParameterValues } from '#core/regulation/condition'
import type { Clause } from '#core/regulation/clause'
import type { Category, Ground, Regulation, Reminder } from '#core/regulation/types'
import { type InvalidParameter, readParameters } from './read_parameters.ts'

/** One reason for a verdict. A work that always counts has no parameter; its value and bound are null. */
export type AssessedGround = {
  rule: 'PLAN-1'
  id: string
  clause: string
  clause_en: string
  text: string
  text_en: string
  parameter: string | null
  value: number | boolean | null
  unit: string | null
  bound: number | null
}

export type AssessedReminder = {
  code: string
  clause: string | null
  text: string
  text_en: string
  parameters: string[]
}

export type Assessment = {
  category: string
  hazardous: boolean
  review_required: boolean
  grounds: AssessedGround[]
  reminders: AssessedReminder[]
}

export type AssessmentError =
  | { code: 'malformed_work'; parameters: string[] }
  | { code: 'unknown_category'; parameters: string[] }
  | { code: 'missing_parameters'; parameters: string[] }
  | { code: 'invalid_parameters'; parameters: string[]; details: InvalidParameter[] }

export type FailedAssessment = { category: string | null; error: AssessmentError }

export function isFailed(result: Assessment | FailedAssessment): result is FailedAssessment {
  return 'error' in result
}

/**
 * Rule PLAN-1 (MoHURD Order 37, article 3; notice 31 of 2018, annexes 1 and 2). Category and parameters
 * decide: not hazardous, hazardous (危大), or review required (超规). The bounds are data and all of them
 * are "at least". A parameter that is not given is an error only where the verdict depends on it.
 */
export function assessWork(work: unknown, regulation: Regulation): Assessment | FailedAssessment {
  if (!isWork(work)) return failed(null, { code: 'malformed_work', parameters: [] })
  const category = regulation.categories.find((one) => one.code === work.category)
  if (category === undefined) return failed(work.category, { code: 'unknown_category', parameters: [] })
  const read = readParameters(work.parameters ?? {}, regulation)
  if (!read.ok) {
    const { details } = read.error
    const parameters = details.map((detail) => detail.parameter)
    return failed(category.code, { code: 'invalid_parameters', parameters, details })
  }
  return judge(category, read.value.values, read.value.unknown, regulation)
}

function judge(
  category: Category,
  values: ParameterValues,
  unknown: string[],
  regulation: Regulation
): Assessment | FailedAssessment {
  const review = verdict(category.review_required, values)
  // A review that is required implies a hazardous work, so its grounds alone decide then.
  const hazardous = review.holds === true ? review : verdict(category.hazardous, values)
  const missing = [...new Set([...review.missing, ...hazardous.missing])]
  if (review.holds === null || hazardous.holds === null) {
    return failed(category.code, { code: 'missing_parameters', parameters: missing })
  }
  const grounds = review.holds ? review.grounds : hazardous.grounds
  return {
    category: category.code,
    hazardous: hazardous.holds,
    review_required: review.holds,
    grounds: grounds.map((ground) => describe(ground, values, regulation)),
    reminders: [...reminders(category.reminders, values, regulation), ...unread(unknown)],
  }
}

type Verdict = { holds: boolean | null; grounds: Ground[]; missing: string[] }

/** Kleene's "or" over the grounds: one that holds decides; else one that is open leaves the verdict open. */
function verdict(grounds: readonly Ground[], values: ParameterValues): Verdict {
  const found = grounds.map((ground) => ({ ground, holds: evaluateAll(ground.when, values) }))
  const held = found.filter((one) => one.holds === true).map((one) => one.ground)
  if (held.length > 0) return { holds: true, grounds: held, missing: [] }
  const open = found.filter((one) => one.holds === null)
  return {
    holds: open.length > 0 ? null : false,
    grounds: [],
    // Only the first gap of each ground: whether the next matters depends on what fills this one.
    missing: open.flatMap((one) => {
      const gap = one.ground.when.find((condition) => !Object.hasOwn(values, condition.parameter))
      return gap === undefined ? [] : [gap.parameter]
    }),
  }
}

function describe(ground: Ground, values: ParameterValues, regulation: Regulation): AssessedGround {
  const deciding = ground.when.find((condition) => boundOf(condition) !== null) ?? ground.when[0]
  const parameter = regulation.parameters.find((one) => one.name === deciding?.parameter)
  const value = deciding === undefined ? null : (values[deciding.parameter] ?? null)
  const bound = deciding === undefined ? null : boundOf(deciding)
  const fill = (template: string) =>
    template.replaceAll('{value}', String(value)).replaceAll('{bound}', String(bound))
  return {
    rule: 'PLAN-1',
    id: ground.id,
    ...citation(ground.clause, regulation),
    text: fill(ground.zh),
    text_en: fill(ground.en),
    parameter: parameter?.name ?? null,
    value,
    unit: parameter?.kind === 'number' ? parameter.unit : null,
    bound,
  }
}

function boundOf(condition: Condition): number | null {
  if ('at_least' in condition) return condition.at_least
  return 'below' in condition ? condition.below : null
}

function citation(clause: Clause, regulation: Regulation): { clause: string; clause_en: string } {
  const source = regulation.sources.find((one) => one.code === clause.source)
  if (source === undefined) throw new Error(`regulation ${regulation.id} cites an unknown source`)
  return { clause: `${source.number} ${clause.at}`, clause_en: `${source.en}, ${clause.en}` }
}

function reminders(
  list: readonly Reminder[],
  values: ParameterValues,
  regulation: Regulation
): AssessedReminder[] {
  return list
    .filter((one) => evaluateAll(one.when, values) === true)
    .map((one) => ({
      code: one.code,
      clause: citation(one.clause, regulation).clause,
      text: one.zh,
      text_en: one.en,
      parameters: one.when.map((condition) => condition.parameter),
    }))
}

/** Names outside the vocabulary decide nothing; whoever wrote one is told, since it may be a slip. */
function unread(unknown: string[]): AssessedReminder[] {
  if (unknown.length === 0) return []
  const names = unknown.join(', ')
  return [
    {
      code: 'parameters_not_used',
      clause: null,
      text: `以下参数不参与判定：${names}`,
      text_en: `these parameters decide nothing: ${names}`,
      parameters: unknown,
    },
  ]
}

function failed(category: string | null, error: AssessmentError): FailedAssessment {
  return { category, error }
}

function isWork(work: unknown): work is { category: string; parameters?: Record<string, unknown> | null } {
  if (typeof work !== 'object' || work === null || !('category' in work)) return false
  if (typeof work.category !== 'string') return false
  if (!('parameters' in work) || work.parameters === undefined || work.parameters === null) return true
  return typeof work.parameters === 'object' && !Array.isArray(work.parameters)
}
