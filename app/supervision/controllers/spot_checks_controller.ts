import type { HttpContext } from '@adonisjs/core/http'
import { notFound, orRefuse } from '#core/exceptions/refusal'
import { canonicalJson } from '#lib/canonical_json'
import { startSpotCheck } from '#supervision/actions/start_spot_check'
import {
  listSpotChecks,
  spotCheckById,
  spotCheckEvidence,
  spotCheckView,
} from '#supervision/queries/spot_checks'
import { spotCheckPopulation } from '#supervision/queries/spot_check_population'
import {
  populationValidator,
  spotCheckIdValidator,
  spotCheckValidator,
} from '#supervision/validators/spot_check'

/** Rule SUP-1. Random samples of reviews: who watches them sees all of them, the authority starts them. */
export default class SpotChecksController {
  async index() {
    return { spotChecks: await listSpotChecks() }
  }

  /** How long the list would be, before anything is fixed. */
  async population({ request }: HttpContext) {
    const { category = null, ...rest } = await populationValidator.validate(request.qs())
    const numbers = await spotCheckPopulation({ ...rest, category })
    return { listed: numbers.length, first: numbers.slice(0, 5) }
  }

  async store({ actor, request, response }: HttpContext) {
    const { title, count, kind, category, from, to } = await request.validateUsing(spotCheckValidator)
    const started = await startSpotCheck(actor, { title, count, scope: { kind, category, from, to } })
    if (!started.ok && started.error.code === 'E_OCCASION_KNOWN') return orRefuse(started, 409)
    return response.status(202).send(orRefuse(started))
  }

  async show(ctx: HttpContext) {
    return spotCheckView(await asked(ctx))
  }

  async evidence(ctx: HttpContext) {
    const row = await asked(ctx)
    if (row.status !== 'completed') throw notFound()
    ctx.response.header('content-type', 'application/json; charset=utf-8')
    ctx.response.header('content-disposition', `attachment; filename="evidence-${row.number}.json"`)
    return ctx.response.send(canonicalJson(await spotCheckEvidence(row)))
  }
}

async function asked({ request }: HttpContext) {
  const { params } = await request.validateUsing(spotCheckIdValidator)
  const row = await spotCheckById(params.id)
  if (!row) throw notFound()
  return row
}
