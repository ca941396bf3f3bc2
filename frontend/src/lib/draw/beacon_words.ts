/** The public beacon of level L3, in words. */
import { m } from '#paraglide/messages.js'
import { hashShort, tableTime } from '../ui/format.ts'
import type { AwaitedRound, Beacon, Progress } from './types.ts'

const levels: Record<Progress['level'], () => string> = {
  L1: m.draw_level_L1,
  L2: m.draw_level_L2,
  L3: m.draw_level_L3,
}
export const levelText = (level: Progress['level']): string => levels[level]()

export const sourceText = ({ level }: Pick<Progress, 'level'>): string =>
  level === 'L3' ? m.draw_source_three() : m.draw_source_two()

export function publisherText({ isQuicknet, chain }: Beacon): string {
  return isQuicknet ? m.draw_beacon_quicknet() : m.draw_beacon_other({ chain: hashShort(chain) })
}

/** 14:30:05, in the time of the centre. */
export const secondOf = (instant: string): string => tableTime(instant, { seconds: true }).slice(11)

const codes: Record<string, () => string> = {
  beacon_unreachable: m.draw_beacon_unreachable,
  beacon_round_missing: m.draw_beacon_round_missing,
  beacon_value_wrong: m.draw_beacon_value_wrong,
  beacon_missing: m.draw_beacon_no_urls,
}
export const beaconText = (code: string): string => codes[code]?.() ?? code

export function stalledText({ round, due }: AwaitedRound): string {
  return m.draw_beacon_stalled({ round: String(round), due: tableTime(due, { seconds: true }) })
}

export function refillingText(awaited: AwaitedRound | null): string {
  if (!awaited) return m.draw_refilling()
  return m.draw_refilling_beacon({ round: String(awaited.round), due: secondOf(awaited.due) })
}
