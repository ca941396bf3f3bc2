import { fail, ok, type Result } from '#lib/result'
import type { ParameterValues } from '#core/regulation/condition'
import type { Parameter, Regulation } from '#core/regulation/types'

/** Why a value can't be read; `out_of_range` includes what no building site has ever seen. */
export type InvalidReason = 'not_a_number' | 'not_a_boolean' | 'out_of_range'
export type InvalidParameter = {
  parameter: string
  reason: InvalidReason
  minimum?: number
  maximum?: number
}

export type ReadParameters = { values: ParameterValues; unknown: string[] }

/**
 * Rule PLAN-1. Reads the parameters of a work by the regulation's vocabulary. Numbers are in the unit that
 * the name ends in. Null and undefined mean "not given". Names outside the vocabulary decide nothing and
 * are handed back as `unknown`; text, NaN and values out of range are errors, never read as zero.
 */
export function readParameters(
  given: Readonly<Record<string, unknown>>,
  regulation: Regulation
): Result<ReadParameters, { code: 'invalid_parameters'; details: InvalidParameter[] }> {
  const vocabulary = new Map(regulation.parameters.map((parameter) => [parameter.name, parameter]))
  const values: Record<string, number | boolean> = {}
  const unknown: string[] = []
  const details: InvalidParameter[] = []
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined) continue
    const parameter = vocabulary.get(name)
    if (parameter === undefined) {
      unknown.push(name)
      continue
    }
    const reason = faultOf(value, parameter)
    if (reason === undefined) values[name] = value as number | boolean
    else if (parameter.kind === 'boolean') details.push({ parameter: name, reason })
    else details.push({ parameter: name, reason, minimum: parameter.minimum, maximum: parameter.maximum })
  }
  return details.length > 0 ? fail({ code: 'invalid_parameters', details }) : ok({ values, unknown })
}

function faultOf(value: unknown, parameter: Parameter): InvalidReason | undefined {
  if (parameter.kind === 'boolean') return typeof value === 'boolean' ? undefined : 'not_a_boolean'
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'not_a_number'
  return value < parameter.minimum || value > parameter.maximum ? 'out_of_range' : undefined
}
