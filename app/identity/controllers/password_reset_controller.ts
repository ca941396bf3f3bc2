import type { HttpContext } from '@adonisjs/core/http'
import limiter from '@adonisjs/limiter/services/main'
import { orRefuse, Refusal } from '#core/exceptions/refusal'
import { sendPasswordCode } from '#identity/actions/send_password_code'
import { setPasswordByCode } from '#identity/actions/set_password_by_code'
import { codeRequestValidator, passwordByCodeValidator, plainMobile } from '#identity/validators/sign_in'

/** First password and reset: a code to the mobile number, then the new password (ORG-3). */
export default class PasswordResetController {
  async request({ request, response }: HttpContext) {
    const { mobile } = await request.validateUsing(codeRequestValidator)
    const byAddress = limiter.use({ requests: 30, duration: '10 mins' })
    if (!(await byAddress.attempt(`sms:${request.ip()}`, () => true))) throw new Refusal(429, 'E_TOO_MANY')
    await sendPasswordCode(plainMobile(mobile))
    return response.status(202).send({ sent: true })
  }

  async confirm({ request }: HttpContext) {
    const input = await request.validateUsing(passwordByCodeValidator)
    const byAddress = limiter.use({ requests: 60, duration: '10 mins' })
    if (!(await byAddress.attempt(`code:${request.ip()}`, () => true))) throw new Refusal(429, 'E_TOO_MANY')
    orRefuse(await setPasswordByCode({ ...input, mobile: plainMobile(input.mobile) }))
    return { done: true }
  }
}
