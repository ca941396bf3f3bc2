import { m } from '#paraglide/messages.js'
import type { StateLook } from '../ui/states.ts'
import type { NearPlan } from './near_types.ts'

export const nearLooks: Record<NearPlan['state'], StateLook> = {
  open: { shape: 'must', tone: 'due', label: m.near_open },
  same: { shape: 'ended', tone: 'off', label: m.near_same },
  different: { shape: 'done', tone: 'act', label: m.near_different },
  settled: { shape: 'dash', tone: 'off', label: m.near_settled },
}

/** What speaks for one plan under two names, each in a few words. */
export function nearSigns(near: NearPlan): string[] {
  const signs: string[] = [
    near.textPercent === null ? m.near_text_unreadable() : m.near_text({ percent: near.textPercent }),
  ]
  if (near.nearParameters) signs.push(m.near_parameters())
  if (near.sameSite) signs.push(m.near_site())
  if (near.commonParties > 0) signs.push(m.near_parties({ count: near.commonParties }))
  return signs
}
