import type { Actor } from '#core/actor'
import { ok } from '#lib/result'
import { changeExpert } from '#registry/actions/change_expert'
import { capFits } from '#registry/domain/monthly_cap'

interface Form {
  readonly expertId: string
  readonly reason: string
  readonly revision: number
}

/** Rules REG-3, DRAW-8. The centre's cap on one expert's reviews a month, at most the regulation's. */
export function setMonthlyCap(actor: Actor, form: Form & { cap: number }) {
  return changeExpert(actor, { ...form, what: 'monthly_cap' }, async ({ unit, expert, inForce }) => {
    const fits = capFits(form.cap, inForce.values['draw.reviews_per_month'].value)
    if (!fits.ok) return fits
    if (expert.monthlyCap === form.cap) return ok(null)
    await unit.update('experts', expert.id, { monthly_cap: form.cap })
    return ok({ before: { cap: expert.monthlyCap }, after: { cap: form.cap } })
  })
}

/** Rules REG-3, DRAW-8. A lower cap that an expert sets for themselves; null lifts it. */
export function setOwnCap(actor: Actor, form: Form & { cap: number | null }) {
  return changeExpert(actor, { ...form, what: 'own_monthly_cap' }, async ({ unit, expert, inForce }) => {
    const most = Math.min(expert.monthlyCap, inForce.values['draw.reviews_per_month'].value)
    const fits = form.cap === null ? ok(null) : capFits(form.cap, most)
    if (!fits.ok) return fits
    if (expert.ownMonthlyCap === form.cap) return ok(null)
    await unit.update('experts', expert.id, { own_monthly_cap: form.cap })
    return ok({ before: { cap: expert.ownMonthlyCap }, after: { cap: form.cap } })
  })
}
