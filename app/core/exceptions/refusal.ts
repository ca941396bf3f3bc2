import { Exception } from '@adonisjs/core/exceptions'
import type { HttpContext } from '@adonisjs/core/http'

/** A typed failure on its way to the client: code and parameters, never prose. */
export class Refusal extends Exception {
  constructor(
    status: number,
    code: string,
    readonly params: Record<string, unknown> = {}
  ) {
    super(code, { status, code })
  }

  handle(error: this, ctx: HttpContext) {
    ctx.response.status(error.status).send({ error: { code: error.code, params: error.params } })
  }
}

/** What is not visible does not exist: 404 and 403 are not told apart for others' objects (SEC-2). */
export function notFound(): Refusal {
  return new Refusal(404, 'E_NOT_FOUND')
}

/** Turns a typed failure into a refusal, or returns the value. */
export function orRefuse<T>(
  result: { ok: true; value: T } | { ok: false; error: { code: string } & object },
  status = 422
): T {
  if (result.ok) return result.value
  const { code, ...params } = result.error
  throw new Refusal(status, code, params as Record<string, unknown>)
}
