import env from '#start/env'
import { peopleOf, staffOf } from '#identity/public'
import type { UnitOfWork } from '#ledger/public'
import { notify, sendSms, type Notice } from '#messages/public'
import { partiesOf } from '#plans/public'
import { membersOf } from '#reports/queries/load_report'

/** Whom a handover concerns. Ids of people, each once. */
export interface Concerned {
  readonly contractor: string[]
  /** Of whom the meeting's papers are asked: the agency where one organises, else the contractor. */
  readonly hosts: string[]
  readonly technicalHeads: string[]
  readonly supervisors: string[]
  readonly owners: string[]
  readonly panel: string[]
  readonly centre: string[]
}

export interface PlanHead {
  readonly id: string
  readonly number: string
  readonly name: string
  readonly organisation_id: string
  readonly agency_organisation_id: string | null
  readonly by_subcontractor: boolean
}

export async function planHead(unit: UnitOfWork, planId: string): Promise<PlanHead> {
  return unit.trx.from('plans').where('id', planId).firstOrFail()
}

export async function concernedWith(
  unit: UnitOfWork,
  plan: PlanHead,
  reportId: string | null
): Promise<Concerned> {
  const parties = await partiesOf(plan.id, unit.trx)
  const leads = (...roles: string[]) =>
    parties.flatMap(({ role, lead_user_id }) => (roles.includes(role) && lead_user_id ? [lead_user_id] : []))
  const ids = (people: { userId: string }[]) => people.map(({ userId }) => userId)
  const contractor = ids(await peopleOf(plan.organisation_id, ['organiser']))
  const agency = plan.agency_organisation_id
    ? ids(await peopleOf(plan.agency_organisation_id, ['agency']))
    : []
  return {
    contractor,
    hosts: [...agency, ...contractor],
    technicalHeads: leads('general_contractor', ...(plan.by_subcontractor ? ['subcontractor'] : [])),
    supervisors: leads('supervision'),
    owners: leads('owner'),
    panel: reportId ? (await membersOf(reportId, unit.trx)).map(({ user_id }) => user_id) : [],
    centre: ids(await staffOf('centre')),
  }
}

/** A handover: a message in the app, and its short form by SMS (at most 70 characters with the address). */
export async function tell(unit: UnitOfWork, notice: Notice, sms: string): Promise<void> {
  const userIds = [...new Set(notice.userIds)]
  await notify(unit, { ...notice, userIds })
  const url = `${env.get('PUBLIC_URL').replace(/\/+$/, '')}${notice.href ?? '/home'}`
  for (const userId of userIds) await sendSms(unit, { userId, kind: 'notice', params: { text: sms, url } })
}
