import app from '@adonisjs/core/services/app'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import SessionMiddleware from '@adonisjs/session/session_middleware'
import ShieldMiddleware from '@adonisjs/shield/shield_middleware'

/** Files of the log: fetched by tools, kept by caches. A cookie among their headers would be handed to others. */
const FOR_TOOLS = /^\/log\/(checkpoint$|tile\/)/

/** Web session and its protections, for everything that a browser asks for. */
export default class BrowserMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    if (FOR_TOOLS.test(ctx.request.url())) return next()
    const session = await app.container.make(SessionMiddleware)
    const shield = await app.container.make(ShieldMiddleware)
    return session.handle(ctx, () => shield.handle(ctx, next))
  }
}
