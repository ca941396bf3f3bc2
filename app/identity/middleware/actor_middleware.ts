import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import type { Actor, CapacityKind } from '#core/actor'
import { Refusal } from '#core/exceptions/refusal'
import { actorFor } from '#identity/queries/capacities'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** Set on every route that asks for a signed-in person. */
    actor: Actor
  }
}

export interface AccessOptions {
  /** Which capacities may use the route at all; which objects is decided in the query. */
  readonly only?: readonly CapacityKind[]
}

/** Lets a route be used only by a signed-in person in one of the given capacities. */
export default class ActorMiddleware {
  async handle(ctx: HttpContext, next: NextFn, options: AccessOptions = {}) {
    const actor = await currentActor(ctx)
    if (!actor) throw new Refusal(401, 'E_SIGN_IN')
    if (options.only && !options.only.includes(actor.kind)) throw new Refusal(403, 'E_NOT_YOURS')
    ctx.actor = actor
    return next()
  }
}

async function currentActor(ctx: HttpContext): Promise<Actor | null> {
  if (!(await ctx.auth.use('web').check())) return null
  const user = ctx.auth.use('web').user!
  const capacityId = ctx.session.get('capacity_id') as string | undefined
  if (!capacityId) return null
  return actorFor(user.id, capacityId)
}
