import type { Actor } from '#core/actor'
import { newId } from '#core/ids'
import { unseal } from '#core/secrets'
import type { UnitOfWork } from '#ledger/public'

export type RevealPurpose = 'contact_for_review' | 'meeting_notice' | 'supervision'

/** SEC-1, DRAW-2: a mobile number in the clear, for a purpose, with a record that the person can read. */
export async function revealMobile(
  unit: UnitOfWork,
  actor: Actor,
  input: { subjectUserId: string; purpose: RevealPurpose; objectKind: string; objectId: string }
): Promise<string> {
  const user = await unit.trx.from('users').where('id', input.subjectUserId).firstOrFail()
  await unit.insert('personal_data_reveals', {
    id: newId(),
    subject_user_id: input.subjectUserId,
    by_user_id: actor.userId,
    by_membership_id: actor.capacityId,
    field: 'mobile',
    purpose: input.purpose,
    object_kind: input.objectKind,
    object_id: input.objectId,
    at: unit.at,
  })
  unit.entry({
    stream: 'identity',
    type: 'personal_data.revealed',
    payload: {
      subject: input.subjectUserId,
      field: 'mobile',
      purpose: input.purpose,
      object: input.objectId,
    },
  })
  return unseal(user.mobile_encrypted)
}
