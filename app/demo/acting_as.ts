import db from '@adonisjs/lucid/services/db'
import type { Actor, CapacityKind } from '#core/actor'
import { blindIndex } from '#core/secrets'
import { actorFor, capacitiesOf } from '#identity/public'

/** A demo person in one of their capacities. @throws when the demo data has no such person. */
export async function actingAs(mobile: string, kind: CapacityKind): Promise<Actor> {
  const user = await db.from('users').where('mobile_index', blindIndex('mobile', mobile)).firstOrFail()
  return actingAsUser(user.id, kind)
}

export async function actingAsUser(userId: string, kind: CapacityKind): Promise<Actor> {
  const capacity = (await capacitiesOf(userId)).find((one) => one.kind === kind)
  const actor = capacity && (await actorFor(userId, capacity.id))
  if (!actor) throw new Error(`Demo person ${userId} is no ${kind}`)
  return actor
}

/** The value of a step that can't fail on demo data. @throws naming the step and the typed failure. */
export function must<T>(
  step: string,
  result: { ok: true; value: T } | { ok: false; error: { code: string } }
): T {
  if (result.ok) return result.value
  throw new Error(`Demo, ${step}: ${JSON.stringify(result.error)}`)
}
