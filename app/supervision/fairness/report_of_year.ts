import { setImmediate } from 'node:timers/promises'
import { regulation } from '#core/jurisdiction'
import type { Regulation } from '#core/regulation/types'
import { fairnessReport, type FairnessLimits, type FairnessReport } from '#lib/draw/fairness/report'
import { entriesOfYear, standOfYear, type Scope } from '#supervision/fairness/entries_of_year'
import { oneAtATime } from '#supervision/fairness/one_at_a_time'

export interface ReportOfYear {
  readonly report: FairnessReport
  readonly leftOut: number
}

type Kept = { readonly stand: string; readonly report: Promise<ReportOfYear> }

/** One year of each scope: it is asked for again and again, and takes seconds for hundreds of draws. */
const kept = new Map<string, Kept>()
const MOST_KEPT = 8
const inTurn = oneAtATime()

export function limitsOf({ values }: Regulation): FairnessLimits {
  return {
    alarmPerMille: values['fairness.alarm_per_mille'].value,
    redraws: values['fairness.redraws'].value,
  }
}

/** Rule SUP-5. The year's report from the log as it stands; computed once until something is added. */
export async function reportOfYear(year: number, scope: Scope): Promise<ReportOfYear> {
  const inForce = await regulation()
  const stand = await standOfYear(year, inForce.utc_offset_minutes)
  const key = `${scope} ${year}`
  const known = kept.get(key)
  if (known?.stand === stand) return known.report
  const report = inTurn(() => compute(year, scope, inForce))
  kept.set(key, { stand, report })
  // What failed is tried again by the next who asks.
  report.catch(() => kept.delete(key))
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!)
  return report
}

async function compute(year: number, scope: Scope, inForce: Regulation): Promise<ReportOfYear> {
  const { file, leftOut } = await entriesOfYear(year, inForce.utc_offset_minutes, scope)
  const report = await fairnessReport(file, limitsOf(inForce), () => setImmediate())
  return { report, leftOut }
}
