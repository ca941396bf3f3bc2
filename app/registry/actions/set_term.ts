import type { Actor } from '#core/actor'
import { fail, ok } from '#lib/result'
import { changeExpert, type ChangeContext } from '#registry/actions/change_expert'
import { nextExpertState } from '#registry/domain/expert_life_cycle'
import { correctedTerm, renewedTerm, type Term } from '#registry/domain/term_is_renewed_or_corrected'

interface Form {
  readonly expertId: string
  readonly reason: string
  readonly document: string
  readonly revision: number
}

/** Rules REG-1, REG-3. Renews a term (续聘): on to `until`, or by the length that the regulation sets. */
export function renewTerm(actor: Actor, form: Form & { until: string | null }) {
  return changeExpert(actor, { ...form, what: 'term' }, async (context) => {
    const { expert, inForce, today } = context
    const moved = nextExpertState(expert.status, 'renew', {
      actor: 'centre',
      reason: form.reason,
      document_id: form.document,
      publicity_over: true,
    })
    if (!moved.ok) return fail({ code: 'E_EXPERT_STATE', state: expert.status, event: 'renew' })
    const renewed = renewedTerm(
      { from: expert.termFrom, until: expert.termUntil },
      form.until,
      today,
      inForce
    )
    if (!renewed.ok) return renewed
    return write(context, renewed.value, moved.value)
  })
}

/** Rule REG-3. Puts right a term that was entered wrongly. */
export function correctTerm(actor: Actor, form: Form & Term) {
  return changeExpert(actor, { ...form, what: 'term' }, async (context) => {
    const term = correctedTerm({ from: form.from, until: form.until })
    if (!term.ok) return term
    const { termFrom, termUntil, status } = context.expert
    if (termFrom === form.from && termUntil === form.until) return ok(null)
    return write(context, term.value, status)
  })
}

async function write({ unit, expert }: ChangeContext, term: Term, status: string) {
  await unit.update('experts', expert.id, { term_from: term.from, term_until: term.until, status })
  return ok({ before: { from: expert.termFrom, until: expert.termUntil }, after: term })
}
