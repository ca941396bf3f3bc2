import { boolean, integer, matching, object, type Read, type Reader, ShapeError, text } from './shape.ts'

/** A bound: an integer, or a decimal fraction as text, since the canonical form has no fractions. */
const bound: Reader<number> = (value, path) => {
  if (typeof value === 'string') return Number(matching(/^-?\d+\.\d+$/)(value, path))
  return integer(-1_000_000_000, 1_000_000_000)(value, path)
}

const atLeast = object({ parameter: text, at_least: bound })
const below = object({ parameter: text, below: bound })
const is = object({ parameter: text, is: boolean })

/** One condition on one parameter of a work. Several of them in a list are joined by "and". */
export type Condition = Read<typeof atLeast> | Read<typeof below> | Read<typeof is>

export const condition: Reader<Condition> = (value, path) => {
  if (typeof value !== 'object' || value === null) throw new ShapeError('wrong_type', path, 'condition')
  if ('at_least' in value) return atLeast(value, path)
  if ('below' in value) return below(value, path)
  return is(value, path)
}

export type ParameterValues = Readonly<Record<string, number | boolean>>

/** True, false, or unknown (null) because a parameter that decides is not given. Every bound is `>=`. */
export function evaluateCondition(condition: Condition, parameters: ParameterValues): boolean | null {
  const value = Object.hasOwn(parameters, condition.parameter) ? parameters[condition.parameter] : undefined
  if (value === undefined) return null
  if ('at_least' in condition) return typeof value === 'number' && value >= condition.at_least
  if ('below' in condition) return typeof value === 'number' && value < condition.below
  return value === condition.is
}

/** Kleene's "and": one false decides, then one unknown leaves it open; an empty list is true. */
export function evaluateAll(conditions: readonly Condition[], parameters: ParameterValues): boolean | null {
  const found = conditions.map((condition) => evaluateCondition(condition, parameters))
  if (found.includes(false)) return false
  return found.includes(null) ? null : true
}
