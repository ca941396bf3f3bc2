import type { HttpContext } from '@adonisjs/core/http'
import limiter from '@adonisjs/limiter/services/main'
import { notFound, Refusal } from '#core/exceptions/refusal'
import { siteVerdict } from '#reports/revision/queries/site_verdict'

/** Codes have 40 bits; at this rate nobody finds one by trying. */
const LOOKS_PER_MINUTE = 30

/** REP-6: anyone on site scans a code and sees whether this version may be built. */
export default class SiteVerdictsController {
  async show({ params, request }: HttpContext) {
    const looks = limiter.use({ requests: LOOKS_PER_MINUTE, duration: '1 minute' })
    if (!(await looks.attempt(`site-verdict/${request.ip()}`, () => true)))
      throw new Refusal(429, 'E_TOO_MANY')
    const verdict = await siteVerdict(String(params.code))
    if (!verdict) throw notFound()
    return verdict
  }
}
