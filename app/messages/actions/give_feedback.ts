import type { Actor } from '#core/actor'
import { newId } from '#core/ids'
import { record } from '#ledger/public'

/** Rule ORG-5. What somebody says about the product, kept with the capacity they speak from. */
export async function giveFeedback(actor: Actor, text: string): Promise<{ id: string }> {
  return record(actor, async (unit) => {
    const id = newId()
    await unit.insert('feedback', {
      id,
      user_id: actor.userId,
      capacity_kind: actor.kind,
      text,
      at: unit.at,
      answer: null,
      answered_by: null,
      answered_at: null,
    })
    unit.entry({ stream: 'feedback', type: 'feedback.given', payload: { feedback: id } })
    return { id }
  })
}
