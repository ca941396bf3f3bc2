/** Words of spot checks; their refusals and messages are registered with those of supervision. */
import { m } from '#paraglide/messages.js'
import '../draw/texts.ts'
import { registerErrorTexts } from '../api/error_text.ts'
import { registerNoticeTexts, string } from '../home/texts.ts'
import { categoryOf, word } from '../plans/vocabulary.ts'
import type { Vocabulary } from '../plans/types.ts'
import type { Scope, SpotCheckView } from './types.ts'

const text = (params: Record<string, unknown>, key: string) => String(params[key] ?? '')

registerErrorTexts({
  E_OCCASION_KNOWN: (params) => m.spot_error_known({ number: text(params, 'number') }),
  E_PERIOD_NOT_OVER: (params) => m.spot_error_period_not_over({ lastDay: text(params, 'lastDay') }),
  E_PERIOD_BACKWARDS: () => m.spot_error_period_backwards(),
  E_SPOT_CHECK_LIST_TOO_SHORT: (params) =>
    m.spot_error_too_short({ listed: text(params, 'listed'), need: text(params, 'need') }),
})
registerNoticeTexts({
  'spot_check.completed': (params) =>
    m.spot_notice_completed({ title: string(params, 'title'), count: Number(params.count ?? 0) }),
})

export const kindText = (kind: Scope['kind']) =>
  kind === 'revision' ? m.spot_kind_revision() : m.spot_kind_concluded()

export function scopeText(scope: Scope, words: Vocabulary | undefined): string {
  const { from, to, category } = scope
  const kind = kindText(scope.kind)
  if (category === null) return m.spot_scope({ from, to, kind })
  const named = words && categoryOf(words, category)
  return m.spot_scope_category({ from, to, kind, category: named ? word(named) : category })
}

/** The title says how it stands. */
export function verdictText(check: SpotCheckView): string {
  if (check.status === 'completed') return m.spot_verdict_drawn({ count: check.count })
  if (check.steps.witnessCode === 'not_as_fixed') return m.spot_verdict_altered()
  return check.status === 'awaiting_witness' ? m.spot_verdict_stopped() : m.spot_verdict_waiting()
}

export function stallText(code: string | null): string {
  if (code === 'not_as_fixed') return m.spot_stalled_altered()
  if (code === 'witness_unreachable') return m.spot_stalled_unreachable()
  return m.spot_stalled_refuses({ code: code ?? '' })
}
