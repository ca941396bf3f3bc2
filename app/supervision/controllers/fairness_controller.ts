import type { HttpContext } from '@adonisjs/core/http'
import { businessNow } from '#core/clock/business_clock'
import { notFound } from '#core/exceptions/refusal'
import { regulation } from '#core/jurisdiction'
import { civilDay } from '#core/regulation/calendar'
import { canonicalJson } from '#lib/canonical_json'
import { exportYear } from '#supervision/actions/export_year'
import { namesIn } from '#supervision/fairness/names'
import { reportOfYear } from '#supervision/fairness/report_of_year'
import { publicReport } from '#supervision/domain/public_sees_no_names'
import { yearValidator } from '#supervision/validators/fairness'

/** SUP-5: a year of draws, for supervisors with names, for everybody in numbers. */
export default class FairnessController {
  async show(ctx: HttpContext) {
    const { report } = await reportOfYear(await yearOf(ctx), 'all')
    return { report, names: await namesIn(report) }
  }

  /** The opened entries: what recomputes the report without us. */
  async entries(ctx: HttpContext) {
    const year = await yearOf(ctx)
    const { response } = ctx
    const file = await exportYear(ctx.actor, year)
    response.header('content-type', 'application/json; charset=utf-8')
    response.header('content-disposition', `attachment; filename="fairness-${year}.json"`)
    return response.send(canonicalJson(file as never))
  }

  async showPublic(ctx: HttpContext) {
    return publicReport(await reportOfYear(await yearOf(ctx), 'public'))
  }
}

/** This year unless another is asked for; none that has not begun. */
async function yearOf({ request }: HttpContext): Promise<number> {
  const { year } = await yearValidator.validate(request.qs())
  const { utc_offset_minutes: offset } = await regulation()
  const now = Number(civilDay(businessNow(), offset).slice(0, 4))
  if (year !== undefined && (year > now || year < 2019)) throw notFound()
  return year ?? now
}
