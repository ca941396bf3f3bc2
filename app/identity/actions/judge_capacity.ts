import type { Actor } from '#core/actor'
import { newId } from '#core/ids'
import { notFound } from '#core/exceptions/refusal'
import { fail, ok, type Result } from '#lib/result'
import { recordResult, type UnitOfWork } from '#ledger/public'
import { mayJudgeCapacity } from '#identity/domain/nobody_confirms_their_own_capacity'

export type JudgeError = { code: 'E_OWN_CAPACITY' } | { code: 'E_CAPACITY_ENDED' } | { code: 'E_CONFIRMED' }

/** Rule ORG-4. Security administration has looked whether somebody holds an office capacity rightly. */
export async function confirmCapacity(actor: Actor, membershipId: string): Promise<Result<null, JudgeError>> {
  return judged(actor, membershipId, async (unit) => {
    const known = await unit.trx.from('capacity_confirmations').where('membership_id', membershipId).first()
    if (known) return fail({ code: 'E_CONFIRMED' })
    await unit.insert('capacity_confirmations', {
      id: newId(),
      membership_id: membershipId,
      by_user_id: actor.userId,
      at: unit.at,
    })
    unit.entry({ stream: 'identity', type: 'capacity.confirmed', payload: { capacity: membershipId } })
    return ok(null)
  })
}

/** Rule ORG-4. Ends an office capacity: access ends with that person's next request. */
export async function endCapacity(
  actor: Actor,
  membershipId: string,
  reason: string
): Promise<Result<null, JudgeError>> {
  return judged(actor, membershipId, async (unit) => {
    await unit.update('memberships', membershipId, { until_at: unit.at })
    unit.entry({ stream: 'identity', type: 'capacity.ended', payload: { capacity: membershipId, reason } })
    return ok(null)
  })
}

function judged(
  actor: Actor,
  membershipId: string,
  work: (unit: UnitOfWork) => Promise<Result<null, JudgeError>>
): Promise<Result<null, JudgeError>> {
  return recordResult(actor, async (unit): Promise<Result<null, JudgeError>> => {
    const row = await unit.trx.from('memberships').where('id', membershipId).forUpdate().first()
    if (!row) throw notFound()
    if (row.user_id === actor.userId) return fail({ code: 'E_OWN_CAPACITY' })
    if (!mayJudgeCapacity(actor, { userId: row.user_id, kind: row.kind })) throw notFound()
    if (row.until_at && row.until_at <= unit.at) return fail({ code: 'E_CAPACITY_ENDED' })
    return work(unit)
  })
}
