import type { Actor } from '#core/actor'
import { newId } from '#core/ids'
import { notFound } from '#core/exceptions/refusal'
import { fail, ok, type Result } from '#lib/result'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { notify } from '#messages/public'
import { reviewStream } from '#reviews/public'

/**
 * Rule MEET-6. Opens an inspection of one review under the office's number, with its reason; the experts
 * whose meeting it is are told in the same transaction. The reason is for the office: it may name who
 * reported something.
 * @returns E_INSPECTION_KNOWN where the review has one of this number already
 */
export async function openInspection(
  actor: Actor,
  input: { reviewId: string; number: string; reason: string }
): Promise<Opened> {
  return recordResult(actor, (unit) => openInspectionIn(unit, { ...input, by: actor }))
}

type Opened = Result<{ id: string }, { code: 'E_INSPECTION_KNOWN' }>

/** The same within another's transaction, in the name of `by`. */
export async function openInspectionIn(
  unit: UnitOfWork,
  input: {
    reviewId: string
    number: string
    reason: string
    by: { userId: string; organisationId: string | null }
  }
): Promise<Opened> {
  const { reviewId, number, reason, by } = input
  const session = await unit.trx.from('review_sessions').where('review_id', reviewId).forUpdate().first()
  if (!session) throw notFound()
  const known = await unit.trx.from('inspections').where({ review_id: reviewId, number }).first()
  if (known) return fail({ code: 'E_INSPECTION_KNOWN' })
  const id = newId()
  await unit.insert('inspections', {
    id,
    review_id: reviewId,
    number,
    reason,
    opened_by: by.userId,
    opened_at: unit.at,
    closed_by: null,
    closed_at: null,
  })
  unit.entry({
    stream: reviewStream(reviewId),
    type: 'inspection.opened',
    payload: { inspection: id, number },
  })
  const seats = await unit.trx.from('session_seats').where('review_id', reviewId).select('user_id')
  const office = by.organisationId
    ? await unit.trx.from('organisations').where('id', by.organisationId).first()
    : null
  const plan = await unit.trx.from('plans').where('id', session.plan_id).select('name').firstOrFail()
  await notify(unit, {
    userIds: seats.map(({ user_id }) => user_id),
    kind: 'inspection.opened',
    params: { plan: plan.name, number, office: office?.name ?? '' },
    href: null,
    objectId: id,
  })
  return ok({ id })
}
