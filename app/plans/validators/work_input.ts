import type { Work } from '#plans/models/rows'

interface Given {
  category: string
  parameters?: Record<string, unknown>
  context?: { neighbour?: string; distance_m?: number }
}

/** Brings validated input into the shape that is stored; what was not given stays out of it. */
export function workInput({ category, parameters, context }: Given): Work {
  const given = Object.entries(parameters ?? {}).filter(([, value]) => value !== null && value !== undefined)
  return { category, parameters: Object.fromEntries(given) as Work['parameters'], context: context ?? {} }
}
