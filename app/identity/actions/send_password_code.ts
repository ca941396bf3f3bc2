import { createHmac, randomInt } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { newId } from '#core/ids'
import { blindIndex } from '#core/secrets'
import { SYSTEM_ACTOR } from '#core/actor'
import { record } from '#ledger/public'
import { sendSms } from '#messages/public'

const VALID_MS = 10 * 60_000
const PER_HOUR = 5

export function smsCodeHash(id: string, code: string): string {
  return createHmac('sha256', env.get('APP_KEY')).update(`sms-code\n${id}\n${code}`).digest('hex')
}

/**
 * Sends six digits to the number if it has an account; says nothing either way (SEC-2).
 * At most five an hour; a new code ends the one before. Machine clock.
 */
export async function sendPasswordCode(mobile: string): Promise<void> {
  const user = await db
    .from('users')
    .where('mobile_index', blindIndex('mobile', mobile))
    .whereNull('disabled_at')
    .first()
  if (!user) return
  await record(SYSTEM_ACTOR, async (unit) => {
    await unit.trx.from('users').where('id', user.id).forUpdate()
    const since = new Date(Date.now() - 60 * 60_000 + VALID_MS)
    const recent = await unit.trx
      .from('sms_codes')
      .where('user_id', user.id)
      .where('expires_at', '>', since)
      .count('* as n')
      .first()
    if (Number(recent.n) >= PER_HOUR) return
    await unit.trx
      .from('sms_codes')
      .where('user_id', user.id)
      .whereNull('used_at')
      .update({ used_at: new Date() })
    const id = newId()
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    await unit.trx.table('sms_codes').insert({
      id,
      user_id: user.id,
      purpose: 'password',
      code_hash: smsCodeHash(id, code),
      expires_at: new Date(Date.now() + VALID_MS),
    })
    await sendSms(unit, { userId: user.id, kind: 'password_code', params: { code } })
    unit.entry({ stream: 'identity', type: 'password.code_sent', payload: { user: user.id } })
  })
}
