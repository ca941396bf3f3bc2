import type { HttpContext } from '@adonisjs/core/http'
import { notFound, Refusal } from '#core/exceptions/refusal'
import limiter from '@adonisjs/limiter/services/main'
import { siteStatus } from '#plans/queries/site_status'

/** Codes have 40 bits; at this rate nobody finds one by trying. */
const LOOKS_PER_MINUTE = 30

/** REP-6: anyone on site scans a code and sees whether this version may be built. */
export default class SiteController {
  async show({ params, request }: HttpContext) {
    const looks = limiter.use({ requests: LOOKS_PER_MINUTE, duration: '1 minute' })
    if (!(await looks.attempt(`site/${request.ip()}`, () => true))) throw new Refusal(429, 'E_TOO_MANY')
    const status = await siteStatus(String(params.code))
    if (!status) throw notFound()
    return status
  }
}
