import type { CapacityKind } from '#core/actor'
import env from '#start/env'
import type { UnitOfWork } from '#ledger/public'
import { sendSms } from '#messages/public'
import { createUser } from '#identity/actions/create_user'
import { grantCapacity } from '#identity/actions/grant_capacity'

/**
 * Invites somebody of a party by mobile number: account if there is none, capacity, and an SMS that leads
 * to the first password. Who has a password already just gets the capacity.
 */
export async function invitePerson(
  unit: UnitOfWork,
  input: { name: string; mobile: string; kind: CapacityKind; organisationId: string; title?: string }
): Promise<string> {
  const userId = await createUser(unit, { name: input.name, mobile: input.mobile })
  await grantCapacity(unit, {
    userId,
    kind: input.kind,
    organisationId: input.organisationId,
    title: input.title,
  })
  const user = await unit.trx.from('users').where('id', userId).firstOrFail()
  if (user.password_hash) return userId
  const organisation = await unit.trx.from('organisations').where('id', input.organisationId).firstOrFail()
  await sendSms(unit, {
    userId,
    kind: 'first_password',
    params: { organisation: organisation.name, url: `${env.get('PUBLIC_URL')}/first-password` },
  })
  return userId
}
