import { ExceptionHandler } from '@adonisjs/core/http'
import type { HttpContext } from '@adonisjs/core/http'
import { Refusal } from '#core/exceptions/refusal'

/** SQLSTATE by which the database refuses to append to a log that is behind what was signed. */
const LEDGER_BEHIND = 'LZ001'

/** The unexpected becomes a number that the person can read out on the telephone; details go to the log. */
export default class HttpExceptionHandler extends ExceptionHandler {
  protected debug = false
  protected ignoreCodes = ['E_ROUTE_NOT_FOUND']
  protected ignoreStatuses = [400, 401, 403, 404, 409, 413, 415, 422, 423, 429]

  async handle(error: any, ctx: HttpContext) {
    if (error instanceof Refusal) return error.handle(error, ctx)
    if (error.code === 'E_VALIDATION_ERROR') {
      const fields = error.messages.map((message: { field: string; rule: string; meta?: object }) => ({
        field: message.field,
        rule: message.rule,
        meta: message.meta ?? {},
      }))
      return ctx.response.status(422).send({ error: { code: 'E_VALIDATION', params: { fields } } })
    }
    if (error.code === LEDGER_BEHIND)
      return ctx.response.status(503).send({ error: { code: 'E_LEDGER_BEHIND', params: {} } })
    const status = typeof error.status === 'number' && error.status >= 400 ? error.status : 500
    const code = status >= 500 ? 'E_UNEXPECTED' : (error.code ?? 'E_UNEXPECTED')
    ctx.response.status(status).send({ error: { code, params: { requestId: ctx.request.id() } } })
  }

  async report(error: unknown, ctx: HttpContext) {
    if (error instanceof Refusal || (error as { code?: unknown }).code === LEDGER_BEHIND) return
    return super.report(error, ctx)
  }
}
