import hash from '@adonisjs/core/services/hash'
import { newId } from '#core/ids'
import { blindIndex, maskMobile, seal } from '#core/secrets'
import type { UnitOfWork } from '#ledger/public'

export interface NewUser {
  readonly name: string
  /** Eleven digits, mainland China. */
  readonly mobile: string
  /** Absent for people who are invited: they set it by code. */
  readonly password?: string
  readonly totpSecret?: string
}

/** Makes an account, or returns the one that this mobile number already has: one person, one account. */
export async function createUser(unit: UnitOfWork, input: NewUser): Promise<string> {
  const mobileIndex = blindIndex('mobile', input.mobile)
  const existing = await unit.trx.from('users').where('mobile_index', mobileIndex).first()
  if (existing) return existing.id
  const id = newId()
  await unit.insert('users', {
    id,
    name: input.name,
    mobile_encrypted: seal(input.mobile),
    mobile_index: mobileIndex,
    mobile_masked: maskMobile(input.mobile),
    password_hash: input.password ? await hash.make(input.password) : null,
    totp_secret_encrypted: input.totpSecret ? seal(input.totpSecret) : null,
    created_at: unit.at,
  })
  unit.entry({ stream: 'identity', type: 'user.created', payload: { user: id } })
  return id
}
