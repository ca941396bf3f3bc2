import type { ReportItem } from '#lib/pdf/report_document'
import type { MeetingItem, MeetingOpinion } from '#reports/sources'

/**
 * Rules REP-9 and CONC-4. The signed file goes to the contractor, so its opinion sheets name no author: opinions
 * get running numbers by their place in the plan, and items lead back to those numbers. Who wrote which stays
 * with the panel and the supervisors. Key: label; value: running number from 1.
 */
export function numbersOf(opinions: readonly MeetingOpinion[]): Map<string, number> {
  return new Map(byPlace(opinions).map(({ label }, index) => [label, index + 1]))
}

export function opinionRows(opinions: readonly MeetingOpinion[]): ReportItem[] {
  return byPlace(opinions).map((opinion, index) => ({
    place: placeWords(opinion),
    opinion: opinion.text,
    basis: opinion.basis,
    sources: String(index + 1),
  }))
}

export function itemRow(item: MeetingItem, numbers: ReadonlyMap<string, number>): ReportItem {
  const sources = item.sources.flatMap((label) => numbers.get(label) ?? []).sort((a, b) => a - b)
  return { place: placeWords(item), opinion: item.text, basis: item.basis, sources: sources.join('、') }
}

/** 监测方案，第 96 页. */
function placeWords({ place, page }: { place: string; page: number | null }): string {
  return [place.trim(), page === null ? '' : `第 ${page} 页`].filter(Boolean).join('，')
}

/** By page, then by text: an order that tells nothing of the author. */
function byPlace(opinions: readonly MeetingOpinion[]): MeetingOpinion[] {
  return opinions.toSorted(
    (a, b) => (a.page ?? Infinity) - (b.page ?? Infinity) || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)
  )
}
