import { createHmac } from 'node:crypto'
import encryption from '@adonisjs/core/services/encryption'
import env from '#start/env'

/** Encrypts a piece of personal data for the database (SEC-1). */
export function seal(value: string): string {
  return encryption.encrypt(value)
}

/** @throws when the value was not sealed by this installation: a broken database is not an expected failure. */
export function unseal(sealed: string): string {
  const value = encryption.decrypt<string>(sealed)
  if (value === null) throw new Error('A sealed value does not open with this installation’s key')
  return value
}

/** A keyed digest by which an encrypted value can be looked up without being readable. */
export function blindIndex(purpose: string, value: string): string {
  const key = createHmac('sha256', env.get('APP_KEY')).update(`blind-index/${purpose}`).digest()
  return createHmac('sha256', key).update(value).digest('hex')
}

/** 13800001234 → 138****1234. */
export function maskMobile(mobile: string): string {
  return `${mobile.slice(0, 3)}****${mobile.slice(-4)}`
}
