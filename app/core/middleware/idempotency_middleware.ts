import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import db from '@adonisjs/lucid/services/db'
import { Refusal } from '#core/exceptions/refusal'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * A button pressed twice does its work once: the second request with the same Idempotency-Key gets the
 * first one's answer, waits for it if it is still in work, and is told so if the first died on the way.
 * Failed attempts free the key. What must hold without a key (two tabs) is held by the use case itself.
 */
export default class IdempotencyMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const key = ctx.request.header('idempotency-key')
    const reads = ['GET', 'HEAD', 'OPTIONS'].includes(ctx.request.method())
    if (reads || !key || !ctx.actor) return next()
    if (!UUID.test(key)) throw new Refusal(400, 'E_IDEMPOTENCY_KEY')
    const id = { user_id: ctx.actor.userId, key }
    const route = `${ctx.request.method()} ${ctx.request.url()}`
    const taken = await db.rawQuery(
      'INSERT INTO idempotency_keys (user_id, key, route) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING key',
      [id.user_id, id.key, route]
    )
    if (taken.rows.length === 0) return this.#replay(ctx, id, route)
    try {
      await next()
    } catch (error) {
      await db.from('idempotency_keys').where(id).delete()
      throw error
    }
    const body = ctx.response.getBody()
    const status = ctx.response.getStatus()
    if (status >= 400) await db.from('idempotency_keys').where(id).delete()
    else
      await db
        .from('idempotency_keys')
        .where(id)
        .update({ status, response: JSON.stringify(body ?? null) })
  }

  async #replay(ctx: HttpContext, id: { user_id: string; key: string }, route: string) {
    for (let waited = 0; waited < 10_000; waited += 100) {
      const row = await db.from('idempotency_keys').where(id).first()
      if (!row) throw new Refusal(409, 'E_FIRST_ATTEMPT_FAILED')
      if (row.route !== route) throw new Refusal(400, 'E_IDEMPOTENCY_KEY')
      if (row.status !== null) return ctx.response.status(row.status).send(row.response)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Refusal(409, 'E_IN_WORK')
  }
}
