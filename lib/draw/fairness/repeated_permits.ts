import { looksOf } from '../looks_alike.ts'
import { isPlanIdentity, type PlanIdentity } from '../plan_key.ts'
import { lineOf, ROUND_FAILED_TYPE, tellsOfRoundBefore } from '../round_before.ts'
import { isText } from '../read.ts'
import type { OpenedEntry } from './entries_file.ts'

/** Why a permit was drawn for when it was. */
export type DrawnBecause =
  | 'first'
  /** A further round, after the one before had ended in 不通过 on record. */
  | 'failed_before'
  /** A further round, and no such record. */
  | 'round_unproved'
  /** Another part of the works; what a part is, is for whoever reads this to judge. */
  | 'other_part'
  /** The part of a draw before, with other categories. */
  | 'other_categories'
  /** A plan drawn before, spelt otherwise, or once more: neither can be where the witness did its work. */
  | 'reads_alike'

export type DrawUnderPermit = {
  readonly drawId: string
  readonly number: string | null
  readonly index: number
  /** ISO 8601, UTC. */
  readonly at: string
  readonly inYear: boolean
  readonly round: number
  readonly categories: readonly string[]
  readonly part: string
  readonly because: DrawnBecause
  /** Of `failed_before`: SHA-256 of the report that says so, as the entry names it; null where it names none. */
  readonly report: string | null
}

export type RepeatedPermit = { readonly permit: string; readonly draws: readonly DrawUnderPermit[] }

type Drawn = { readonly entry: OpenedEntry; readonly plan: PlanIdentity }

/**
 * Rule DRAW-6. Permits drawn for more than once, one of the times in the year, with the reason of each. A second draw
 * of the same works is for life impossible under one plan key; under another part, in free text, it is not, so that
 * every one is listed to be looked at.
 */
export function repeatedPermits(
  entries: readonly OpenedEntry[],
  inYear: (entry: OpenedEntry) => boolean
): RepeatedPermit[] {
  const ordered = [...entries].sort((a, b) => a.index - b.index)
  const failures = ordered.filter(({ type }) => type === ROUND_FAILED_TYPE)
  const permits = new Map<string, Drawn[]>()
  for (const entry of ordered) {
    const { plan } = entry.payload
    if (entry.type !== 'draw.committed' || !isPlanIdentity(plan)) continue
    const permit = looksOf({ permit: plan.permit, categories: [], part: '' })
    permits.set(permit, [...(permits.get(permit) ?? []), { entry, plan }])
  }
  return [...permits.values()]
    .filter((draws) => draws.length > 1 && draws.some(({ entry }) => inYear(entry)))
    .map((draws) => {
      const told = draws.map((drawn, i) => tell(drawn, draws.slice(0, i), failures, inYear))
      return { permit: draws[0]!.plan.permit, draws: told }
    })
}

function tell(
  { entry, plan }: Drawn,
  earlier: readonly Drawn[],
  failures: readonly OpenedEntry[],
  inYear: (entry: OpenedEntry) => boolean
): DrawUnderPermit {
  const { index, at, payload } = entry
  const failure = failures.find((one) => {
    const drawn = earlier.some((before) => before.entry.payload.drawId === one.payload.drawId)
    return drawn && one.index < index && tellsOfRoundBefore(one.payload, plan)
  })
  const report = failure?.payload.report
  return {
    drawId: String(payload.drawId),
    number: isText(payload.number) ? payload.number : null,
    index,
    at,
    inYear: inYear(entry),
    round: plan.round,
    categories: plan.categories,
    part: plan.part,
    because: because(plan, earlier, failure !== undefined),
    report: isText(report) ? report : null,
  }
}

function because(plan: PlanIdentity, earlier: readonly Drawn[], failed: boolean): DrawnBecause {
  if (plan.round > 1) return failed ? 'failed_before' : 'round_unproved'
  if (earlier.some((one) => looksOf(one.plan) === looksOf(plan) || lineOf(one.plan) === lineOf(plan))) {
    return 'reads_alike'
  }
  const partOf = ({ part }: PlanIdentity) => looksOf({ permit: '', categories: [], part })
  if (earlier.some((one) => partOf(one.plan) === partOf(plan))) return 'other_categories'
  return earlier.length > 0 ? 'other_part' : 'first'
}
