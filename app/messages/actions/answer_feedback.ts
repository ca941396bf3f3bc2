import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { fail, ok, type Result } from '#lib/result'
import { recordResult } from '#ledger/public'
import { notify } from '#messages/actions/notify'

/** Rule ORG-5. Feedback gets one answer, and whoever gave it is told. */
export async function answerFeedback(
  actor: Actor,
  id: string,
  answer: string
): Promise<Result<null, { code: 'E_FEEDBACK_ANSWERED' }>> {
  return recordResult(actor, async (unit): Promise<Result<null, { code: 'E_FEEDBACK_ANSWERED' }>> => {
    const row = await unit.trx.from('feedback').where('id', id).forUpdate().first()
    if (!row) throw notFound()
    if (row.answered_at) return fail({ code: 'E_FEEDBACK_ANSWERED' })
    await unit.update('feedback', id, { answer, answered_by: actor.userId, answered_at: unit.at })
    unit.entry({ stream: 'feedback', type: 'feedback.answered', payload: { feedback: id } })
    await notify(unit, {
      userIds: [row.user_id],
      kind: 'feedback.answered',
      params: {},
      href: '/feedback',
      objectId: id,
    })
    return ok(null)
  })
}
