import type { UnitOfWork } from '#ledger/public'
import { notify, setDeadline } from '#messages/public'
import { peopleOf } from '#identity/public'
import { planOfSession } from '#sessions/queries/plan_of_session'
import { seatsOf } from '#sessions/queries/sessions'

const A_DAY_MS = 86_400_000

/** Tells everybody of the meeting when and where it is, and reminds them a day before. */
export async function inviteToMeeting(
  unit: UnitOfWork,
  meeting: { reviewId: string; planId: string; at: Date; mode: string; place: string }
): Promise<void> {
  const plan = await planOfSession(meeting.planId, unit.trx)
  const seats = await seatsOf(meeting.reviewId, unit.trx)
  const host = plan.agencyOrganisationId ?? plan.organiserOrganisationId
  const hosts = await peopleOf(host, ['organiser', 'agency'])
  const userIds = [
    ...new Set([
      ...seats.map((seat) => seat.user_id),
      ...hosts.map((one) => one.userId),
      ...plan.leadUserIds,
    ]),
  ]
  const params = { plan: plan.name, at: meeting.at.toISOString(), mode: meeting.mode, place: meeting.place }
  const href = `/meetings/${meeting.reviewId}`
  await notify(unit, { userIds, kind: 'meeting.scheduled', params, href, objectId: meeting.reviewId })
  for (const userId of userIds) {
    await setDeadline(unit, {
      objectId: meeting.reviewId,
      kind: 'meeting.begins',
      userId,
      params,
      href,
      dueAt: meeting.at,
      remindAt: new Date(meeting.at.getTime() - A_DAY_MS),
    })
  }
}
