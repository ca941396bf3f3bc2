import db from '@adonisjs/lucid/services/db'
import { verifySync } from 'otplib'
import { unseal } from '#core/secrets'
import { fail, ok, type Result } from '#lib/result'

const STEP_SECONDS = 30

/**
 * The second factor (RFC 6238, 30 s, one step of drift). A code works once: the step that was used is kept,
 * and an equal or earlier one is refused. Machine clock.
 */
export async function checkTotp(userId: string, code: string): Promise<Result<null, { code: 'E_TOTP' }>> {
  return db.transaction(async (trx) => {
    const user = await trx.from('users').where('id', userId).forUpdate().first()
    if (!user?.totp_secret_encrypted) return fail({ code: 'E_TOTP' })
    const outcome = verifySync({
      secret: unseal(user.totp_secret_encrypted),
      token: code,
      epochTolerance: STEP_SECONDS,
    })
    if (!outcome.valid) return fail({ code: 'E_TOTP' })
    const step = Math.floor(Date.now() / 1000 / STEP_SECONDS) + (outcome.delta ?? 0)
    if (user.totp_last_step !== null && step <= Number(user.totp_last_step)) return fail({ code: 'E_TOTP' })
    await trx.from('users').where('id', userId).update({ totp_last_step: step })
    return ok(null)
  })
}
