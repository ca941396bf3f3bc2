import hash from '@adonisjs/core/services/hash'
import { safeEqual } from '@adonisjs/core/helpers'
import db from '@adonisjs/lucid/services/db'
import { blindIndex } from '#core/secrets'
import { SYSTEM_ACTOR } from '#core/actor'
import { fail, ok, type Result } from '#lib/result'
import { recordResult } from '#ledger/public'
import { smsCodeHash } from '#identity/actions/send_password_code'
import { forgetFailures } from '#identity/sign_in_failures'

const ATTEMPTS = 5

/** First password and reset alike. Ends every web session of the person; five wrong codes end the code. */
export async function setPasswordByCode(input: {
  mobile: string
  code: string
  password: string
}): Promise<Result<null, { code: 'E_SMS_CODE' }>> {
  const account = blindIndex('mobile', input.mobile)
  const user = await db.from('users').where('mobile_index', account).whereNull('disabled_at').first()
  if (!user) return fail({ code: 'E_SMS_CODE' })
  const valid = await takeCode(user.id, input.code)
  if (!valid) return fail({ code: 'E_SMS_CODE' })
  const passwordHash = await hash.make(input.password)
  const result = await recordResult(SYSTEM_ACTOR, async (unit) => {
    const used = await unit.trx
      .from('sms_codes')
      .where('id', valid)
      .whereNull('used_at')
      .update({ used_at: new Date() })
    if (Number(used) !== 1) return fail({ code: 'E_SMS_CODE' as const })
    await unit.trx.from('users').where('id', user.id).update({ password_hash: passwordHash })
    await unit.trx.from('http_sessions').where('user_id', user.id).delete()
    unit.entry({ stream: 'identity', type: 'password.set', payload: { user: user.id } })
    return ok(null)
  })
  if (result.ok) await forgetFailures(account)
  return result
}

/** The id of the code if it is right and alive; counts the attempt even when what follows fails. */
async function takeCode(userId: string, code: string): Promise<string | null> {
  return db.transaction(async (trx) => {
    const row = await trx
      .from('sms_codes')
      .where('user_id', userId)
      .whereNull('used_at')
      .where('expires_at', '>', new Date())
      .orderBy('expires_at', 'desc')
      .forUpdate()
      .first()
    if (!row || row.attempts >= ATTEMPTS) return null
    await trx
      .from('sms_codes')
      .where('id', row.id)
      .update({ attempts: row.attempts + 1 })
    return safeEqual(row.code_hash, smsCodeHash(row.id, code)) ? (row.id as string) : null
  })
}
