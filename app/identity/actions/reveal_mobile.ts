import type { Actor } from '#core/actor'
import { newId } from '#core/ids'
import { regulation } from '#core/jurisdiction'
import { unseal } from '#core/secrets'
import type { UnitOfWork } from '#ledger/public'

export const CONTACT_PURPOSES = ['call_out', 'meeting_notice', 'contact_for_review'] as const
export type RevealPurpose = (typeof CONTACT_PURPOSES)[number] | 'supervision'

export interface Revealed {
  readonly mobile: string
  /** ISO; from then on it is masked again. */
  readonly until: string
}

const HOUR = 3_600_000

/**
 * Rules SEC-1, DRAW-2. A mobile number in the clear, for a purpose and for some hours, with a record that the person
 * can read.
 */
export async function revealMobile(
  unit: UnitOfWork,
  actor: Actor,
  input: { subjectUserId: string; purpose: RevealPurpose; objectKind: string; objectId: string }
): Promise<Revealed> {
  const user = await unit.trx.from('users').where('id', input.subjectUserId).firstOrFail()
  const hours = (await regulation()).values['contact.shown_hours'].value
  const until = new Date(unit.at.getTime() + hours * HOUR)
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
    expires_at: until,
  })
  unit.entry({
    stream: 'identity',
    type: 'personal_data.revealed',
    payload: {
      subject: input.subjectUserId,
      field: 'mobile',
      purpose: input.purpose,
      object: input.objectId,
      until,
    },
  })
  return { mobile: unseal(user.mobile_encrypted), until: until.toISOString() }
}
