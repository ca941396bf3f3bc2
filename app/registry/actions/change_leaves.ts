import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { newId } from '#core/ids'
import { addDays } from '#core/regulation/calendar'
import { ok } from '#lib/result'
import { changeExpert } from '#registry/actions/change_expert'
import { leaveFits, leaveTakenBack } from '#registry/domain/leaves_do_not_overlap'

interface Form {
  readonly expertId: string
  readonly reason: string
  readonly revision: number
}

/** Rule REG-3. Days on which an expert can't be drawn for a meeting; entered by themselves or by the centre. */
export function enterLeave(actor: Actor, form: Form & { from: string; until: string }) {
  return changeExpert(actor, { ...form, what: 'leave' }, async ({ unit, expert, today }) => {
    const { from, until } = form
    const fits = leaveFits({ from, until }, expert.leaves, today)
    if (!fits.ok) return fits
    await unit.insert('expert_leaves', {
      id: newId(),
      expert_id: expert.id,
      from_day: from,
      until_day: until,
      reason: form.reason,
      by_user_id: unit.actor.userId,
      created_at: unit.at,
    })
    return ok({ before: null, after: { from, until } })
  })
}

/** Rule REG-3. Takes a leave back, or ends one that runs; one that is over stays on record. */
export function takeLeaveBack(actor: Actor, form: Form & { leaveId: string }) {
  return changeExpert(actor, { ...form, what: 'leave' }, async ({ unit, expert, today }) => {
    const leave = expert.leaves.find(({ id }) => id === form.leaveId)
    if (!leave) throw notFound()
    const left = leaveTakenBack(leave, today, addDays(today, -1))
    if (!left.ok) return left
    const { from } = leave
    const { until } = left.value
    await unit.update(
      'expert_leaves',
      leave.id,
      until === null ? { withdrawn_at: unit.at } : { until_day: until }
    )
    return ok({ before: { from, until: leave.until }, after: until === null ? null : { from, until } })
  })
}
