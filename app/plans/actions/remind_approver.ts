import type { Actor } from '#core/actor'
import { businessNow } from '#core/clock/business_clock'
import { fail, ok } from '#lib/result'
import { notify, sendSms } from '#messages/public'
import env from '#start/env'
import { inPlan } from '#plans/actions/in_open_plan'
import { openApprovals } from '#plans/domain/approvals_follow_in_order'
import { approvalsOf, partiesOf, versionsOf } from '#plans/queries/load_plan'
import { reviewStream } from '#reviews/public'

const ROLE = {
  contractor: 'general_contractor',
  subcontractor: 'subcontractor',
  supervision: 'supervision',
} as const
/** Once a day is a reminder, more is a nuisance (D). */
const PAUSE_MS = 20 * 3_600_000

export type RemindError = { code: 'E_NOBODY_TO_REMIND' } | { code: 'E_REMINDED_ALREADY'; at: string }

/** Reminds those whose review stands open, in the app and by SMS. */
export async function remindApprover(actor: Actor, planId: string) {
  return inPlan<{ names: string[] }, RemindError>(actor, planId, async ({ unit, plan, review }) => {
    const [version] = await versionsOf(plan.id, unit.trx)
    if (!version) return fail({ code: 'E_NOBODY_TO_REMIND' })
    const approved = (await approvalsOf([version.id], unit.trx))
      .filter((one) => one.decision === 'approve')
      .map((one) => one.step)
    const open = openApprovals({
      reviewState: review.state,
      conclusion: review.conclusion,
      versionState: version.state,
      bySubcontractor: plan.by_subcontractor,
      approved,
    })
    const roles: string[] = open.map((kind) => ROLE[kind])
    const people = (await partiesOf(plan.id, unit.trx)).filter(
      (party) => roles.includes(party.role) && party.lead_user_id
    )
    if (people.length === 0) return fail({ code: 'E_NOBODY_TO_REMIND' })
    const since = new Date(businessNow().getTime() - PAUSE_MS)
    const recent = await unit.trx
      .from('messages')
      .where({ object_id: plan.id, kind: 'plan.reminded' })
      .where('created_at', '>', since)
      .first()
    if (recent) return fail({ code: 'E_REMINDED_ALREADY', at: recent.created_at.toISOString() })
    const userIds = people.map((party) => party.lead_user_id!)
    await notify(unit, {
      userIds,
      kind: 'plan.reminded',
      params: { plan: plan.name, number: plan.number },
      href: `/plans/${plan.id}/review`,
      objectId: plan.id,
    })
    for (const userId of userIds) {
      await sendSms(unit, {
        userId,
        kind: 'notice',
        params: {
          text: `方案 ${plan.number} 等您审查。`,
          url: `${env.get('PUBLIC_URL')}/plans/${plan.id}/review`,
        },
      })
    }
    unit.entry({
      stream: reviewStream(review.id),
      type: 'plan.reminded',
      payload: { version: version.id, people: userIds },
    })
    return ok({ names: people.map((party) => party.lead_name!) })
  })
}
