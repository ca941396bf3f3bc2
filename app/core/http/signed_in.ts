import router from '@adonisjs/core/services/router'
import type { CapacityKind } from '#core/actor'
import { middleware } from '#start/kernel'

/** A group of API routes for signed-in people, in these capacities only if any are named. */
export function signedIn(routes: () => void, only?: readonly CapacityKind[]) {
  return router
    .group(routes)
    .prefix('/api')
    .use([middleware.noStore(), middleware.actor(only ? { only } : {}), middleware.once()])
}

/** API routes that ask for no account. */
export function open(routes: () => void) {
  return router.group(routes).prefix('/api').use(middleware.noStore())
}
