import type { Regulation } from '#core/regulation/types'

export type Quorum = {
  ok: boolean
  have: number
  need: number
  /** Members who are not here; the meeting pauses while there is one. */
  missing: string[]
  code: 'enough' | 'too_few' | 'even' | 'member_missing'
}

/**
 * Rule MEET-4 (NN 2(3)) and CONC-5. Those who conclude and sign are the panel, at least 5 and odd, and all of
 * them are here. When one is gone the meeting pauses by itself, until they are back or an alternate steps in.
 */
export function quorumOf(
  panel: readonly string[],
  present: readonly string[],
  { values }: Regulation
): Quorum {
  const members = [...new Set(panel)]
  const missing = members.filter((id) => !present.includes(id))
  const have = members.length - missing.length
  const need = values['panel.minimum'].value
  const code = verdict()
  return { ok: code === 'enough', have, need, missing, code }

  function verdict(): Quorum['code'] {
    if (have < need) return 'too_few'
    if (missing.length > 0) return 'member_missing'
    return values['panel.odd'].value && have % 2 === 0 ? 'even' : 'enough'
  }
}
