import { m } from '#paraglide/messages.js'

/** The title says how the year stands. */
export function yearTitle(of: { year: number; draws: number; faults: number; flags: number }): string {
  const year = String(of.year)
  if (of.draws === 0 && of.faults === 0) return m.fairness_title_none({ year })
  if (of.flags > 0) return m.fairness_title_look({ year, count: of.flags })
  if (of.faults > 0) return m.fairness_title_not_whole({ year, count: of.faults })
  return m.fairness_title_calm({ year, draws: of.draws })
}
