import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import { fail, ok, type Result } from '#lib/result'
import type { SignInError } from '#identity/actions/check_credentials'
import { countFailure, minutesLocked } from '#identity/sign_in_failures'

/** Step-up: the password again, before what can't be taken back. Failures count towards the lock. */
export async function passwordIsRight(
  userId: string,
  password: string,
  address: string
): Promise<Result<null, Exclude<SignInError, { code: 'E_NO_CAPACITY' }>>> {
  const user = await db.from('users').where('id', userId).firstOrFail()
  const subjects = { account: user.mobile_index, address }
  const minutes = await minutesLocked(subjects)
  if (minutes !== null) return fail({ code: 'E_LOCKED', minutes })
  if (user.password_hash && (await hash.verify(user.password_hash, password))) return ok(null)
  await countFailure(subjects)
  return fail({ code: 'E_CREDENTIALS' })
}
