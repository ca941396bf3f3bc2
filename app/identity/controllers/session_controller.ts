import type { HttpContext } from '@adonisjs/core/http'
import env from '#start/env'
import { businessNow } from '#core/clock/business_clock'
import { notFound } from '#core/exceptions/refusal'
import { capacitiesOf } from '#identity/queries/capacities'
import { capacityValidator } from '#identity/validators/sign_in'

export default class SessionController {
  async show({ auth, session }: HttpContext) {
    const common = { demo: env.get('DEMO') ?? false, now: businessNow().toISOString() }
    const signedIn = await auth.use('web').check()
    const user = auth.use('web').user
    if (!signedIn || !user || user.disabledAt) return { user: null, capacities: [], active: null, ...common }
    const capacities = await capacitiesOf(user.id)
    const chosen = session.get('capacity_id') as string | undefined
    const active = capacities.find((capacity) => capacity.id === chosen) ?? capacities[0] ?? null
    if (active && active.id !== chosen) session.put('capacity_id', active.id)
    const { id, name, largeType, locale } = user
    return { user: { id, name, largeType, locale }, capacities, active: active?.id ?? null, ...common }
  }

  async capacity({ actor, request, session }: HttpContext) {
    const { id } = await request.validateUsing(capacityValidator)
    const capacities = await capacitiesOf(actor.userId)
    if (!capacities.some((capacity) => capacity.id === id)) throw notFound()
    session.put('capacity_id', id)
    return { active: id }
  }

  async destroy({ auth, session }: HttpContext) {
    if (await auth.use('web').check()) await auth.use('web').logout()
    session.clear()
    return { done: true }
  }
}
