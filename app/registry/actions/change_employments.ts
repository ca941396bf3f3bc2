import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { newId } from '#core/ids'
import { ok } from '#lib/result'
import { createOrganisation } from '#identity/public'
import { changeExpert } from '#registry/actions/change_expert'
import { employmentFits } from '#registry/domain/employments_follow_one_another'
import type { Employment, Expert } from '#registry/models/expert'

interface Form {
  readonly expertId: string
  readonly reason: string
  readonly revision: number
}

export interface EmploymentForm extends Form {
  readonly employer: string
  readonly from: string
  readonly until: string | null
  readonly retiredFrom: boolean
}

/** Rules REG-3, DRAW-5. One more employer: a former one, the present one, one that a retired expert went back to. */
export function addEmployment(actor: Actor, form: EmploymentForm) {
  return changeExpert(actor, { ...form, what: 'employment' }, async ({ unit, expert, today }) => {
    const organisationId = await createOrganisation(unit, { name: form.employer, kind: 'employer' })
    const { from, until, retiredFrom } = form
    const fits = employmentFits({ organisationId, from, until, retiredFrom }, expert.employments, today)
    if (!fits.ok) return fits
    await unit.insert('expert_employments', {
      id: newId(),
      expert_id: expert.id,
      organisation_id: organisationId,
      from_day: from,
      until_day: until,
      retired_from: retiredFrom,
    })
    return ok({ before: null, after: { employer: form.employer, from, until, retiredFrom } })
  })
}

/** Rules REG-3, DRAW-5. The days of one employment: it ended, or was entered wrongly. */
export function changeEmployment(
  actor: Actor,
  form: Form & { employmentId: string; from: string; until: string | null; retiredFrom: boolean }
) {
  return changeExpert(actor, { ...form, what: 'employment' }, async ({ unit, expert, today }) => {
    const one = employmentOf(expert, form.employmentId)
    const { from, until, retiredFrom } = form
    const others = expert.employments.filter(({ id }) => id !== one.id)
    const fits = employmentFits(
      { organisationId: one.organisationId, from, until, retiredFrom },
      others,
      today
    )
    if (!fits.ok) return fits
    if (one.from === from && one.until === until && one.retiredFrom === retiredFrom) return ok(null)
    await unit.update('expert_employments', one.id, {
      from_day: from,
      until_day: until,
      retired_from: retiredFrom,
    })
    return ok({ before: shown(one), after: { employer: one.name, from, until, retiredFrom } })
  })
}

/** Rule REG-3. An employment that never was; the history keeps what had been entered. */
export function removeEmployment(actor: Actor, form: Form & { employmentId: string }) {
  return changeExpert(actor, { ...form, what: 'employment' }, async ({ unit, expert }) => {
    const one = employmentOf(expert, form.employmentId)
    await unit.delete('expert_employments', one.id)
    return ok({ before: shown(one), after: null })
  })
}

function employmentOf(expert: Expert, id: string): Employment {
  const found = expert.employments.find((one) => one.id === id)
  if (!found) throw notFound()
  return found
}

function shown({ name, from, until, retiredFrom }: Employment) {
  return { employer: name, from, until, retiredFrom }
}
