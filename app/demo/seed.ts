import db from '@adonisjs/lucid/services/db'
import { commitDrawKeys, ensureWitnessPinned } from '#draw/public'
import { seedExperts } from '#demo/seed_experts'
import { seedPeople } from '#demo/seed_people'
import { seedProjects } from '#demo/seed_projects'
import { loadDemo } from '../../resources/demo/load_demo.js'

/**
 * The demo comes into being by the same actions as people use. Only into an empty database.
 * `projects`: with plans at the points where somebody has something to do; they need the witness.
 */
export async function seedDemo(options: { projects: boolean }): Promise<boolean> {
  const users = await db.from('users').count('* as n').first()
  if (Number(users.n) > 0) return false
  const demo = await loadDemo()
  if (!demo.ok) throw new Error(`Demo data: ${JSON.stringify(demo.error)}`)
  // Before any plan: what the draw's randomness comes from must not depend on what will be drawn.
  await commitDrawKeys()
  await ensureWitnessPinned()
  await seedPeople(demo.value)
  await seedExperts(demo.value)
  if (options.projects) await seedProjects(demo.value)
  return true
}
