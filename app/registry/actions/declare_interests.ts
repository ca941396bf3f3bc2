import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { newId } from '#core/ids'
import { fail, ok } from '#lib/result'
import { createOrganisation } from '#identity/public'
import { changeExpert } from '#registry/actions/change_expert'
import type { InterestKind } from '#registry/models/expert'

interface Form {
  readonly expertId: string
  readonly reason: string
  readonly revision: number
}

/**
 * Rule DRAW-5. An interest in a company, declared before anybody is drawn: the expert is in no pool of a
 * work to which that company is a party.
 */
export function declareInterest(actor: Actor, form: Form & { company: string; kind: InterestKind }) {
  return changeExpert(actor, { ...form, what: 'interest' }, async ({ unit, expert, today }) => {
    const organisationId = await createOrganisation(unit, { name: form.company, kind: 'employer' })
    const open = expert.interests.some((one) => one.organisationId === organisationId && one.until === null)
    if (open) return fail({ code: 'E_INTEREST_TWICE' })
    await unit.insert('expert_interests', {
      id: newId(),
      expert_id: expert.id,
      organisation_id: organisationId,
      kind: form.kind,
      note: form.reason,
      from_day: today,
      until_day: null,
      by_user_id: unit.actor.userId,
    })
    return ok({ before: null, after: { company: form.company, kind: form.kind } })
  })
}

/** Rule DRAW-5. The interest is over; it goes on counting as a former employer would, for the recent years. */
export function endInterest(actor: Actor, form: Form & { interestId: string }) {
  return changeExpert(actor, { ...form, what: 'interest' }, async ({ unit, expert, today }) => {
    const interest = expert.interests.find(({ id }) => id === form.interestId)
    if (!interest) throw notFound()
    if (interest.until !== null) return ok(null)
    await unit.update('expert_interests', interest.id, { until_day: today })
    const { name: company, kind } = interest
    return ok({ before: { company, kind }, after: null })
  })
}
