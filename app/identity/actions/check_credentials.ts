import hash from '@adonisjs/core/services/hash'
import { blindIndex } from '#core/secrets'
import { STAFF } from '#core/actor'
import { fail, ok, type Result } from '#lib/result'
import User from '#identity/models/user'
import { capacitiesOf } from '#identity/queries/capacities'
import { countFailure, forgetFailures, minutesLocked } from '#identity/sign_in_failures'

export type SignInError =
  { code: 'E_LOCKED'; minutes: number } | { code: 'E_CREDENTIALS' } | { code: 'E_NO_CAPACITY' }

let decoy: Promise<string> | null = null

/** The same time passes whether the number is known or not (SEC-2). */
async function verifyAgainstDecoy(password: string): Promise<void> {
  decoy ??= hash.make('no account has this password')
  await hash.verify(await decoy, password)
}

/** Mobile number and password; staff must give a second factor after this (ORG-3, ASVS 2.8). */
export async function checkCredentials(input: {
  mobile: string
  password: string
  address: string
}): Promise<Result<{ user: User; needsTotp: boolean }, SignInError>> {
  const subjects = { account: blindIndex('mobile', input.mobile), address: input.address }
  const minutes = await minutesLocked(subjects)
  if (minutes !== null) return fail({ code: 'E_LOCKED', minutes })
  const user = await User.findBy('mobile_index', subjects.account)
  const valid = user?.passwordHash
    ? await hash.verify(user.passwordHash, input.password)
    : await verifyAgainstDecoy(input.password)
  if (!user || !valid || user.disabledAt) {
    await countFailure(subjects)
    return fail({ code: 'E_CREDENTIALS' })
  }
  const capacities = await capacitiesOf(user.id)
  if (capacities.length === 0) return fail({ code: 'E_NO_CAPACITY' })
  await forgetFailures(subjects.account)
  return ok({ user, needsTotp: capacities.some((capacity) => STAFF.includes(capacity.kind)) })
}
