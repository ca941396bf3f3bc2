import type { HttpContext } from '@adonisjs/core/http'
import limiter from '@adonisjs/limiter/services/main'
import { notFound, Refusal } from '#core/exceptions/refusal'
import { publicReport, publicReportByDigest } from '#reports/queries/public_report'
import { digestValidator } from '#reports/validators/reports'

/** Codes have 40 bits; at this rate nobody finds one by trying. */
const LOOKS_PER_MINUTE = 30

/** REP-1: anybody checks a report by its code, or by the fingerprint of the file they hold. No account. */
export default class PublicReportsController {
  async show({ params, request }: HttpContext) {
    await this.#limit(request.ip())
    const report = await publicReport(String(params.code))
    if (!report) throw notFound()
    return report
  }

  async byDigest({ request }: HttpContext) {
    await this.#limit(request.ip())
    const { sha256 } = await digestValidator.validate(request.qs())
    const found = await publicReportByDigest(sha256)
    if (!found) throw notFound()
    return found
  }

  async #limit(ip: string): Promise<void> {
    const looks = limiter.use({ requests: LOOKS_PER_MINUTE, duration: '1 minute' })
    if (!(await looks.attempt(`report/${ip}`, () => true))) throw new Refusal(429, 'E_TOO_MANY')
  }
}
