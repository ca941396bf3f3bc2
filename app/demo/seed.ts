import db from '@adonisjs/lucid/services/db'
import { commitDrawKeys, ensureWitnessPinned } from '#draw/public'
import { seedExperts } from '#demo/seed_experts'
import { seedPeople } from '#demo/seed_people'
import { loadDemo } from '../../resources/demo/load_demo.js'

/** The demo comes into being by the same actions as people use. Only into an empty database. */
export async function seedDemo(): Promise<boolean> {
  const users = await db.from('users').count('* as n').first()
  if (Number(users.n) > 0) return false
  const demo = await loadDemo()
  if (!demo.ok) throw new Error(`Demo data: ${JSON.stringify(demo.error)}`)
  // Before any plan: what the draw's randomness comes from must not depend on what will be drawn.
  await commitDrawKeys()
  await ensureWitnessPinned()
  await seedPeople(demo.value)
  await seedExperts(demo.value)
  return true
}
