import db from '@adonisjs/lucid/services/db'
import { commitDrawKeys, ensureWitnessPinned } from '#draw/public'
import { holdCeremony } from '#pki/public'
import { DemoClock } from '#demo/demo_clock'
import { seedExperts } from '#demo/seed_experts'
import { seedPeople } from '#demo/seed_people'
import { seedProjects } from '#demo/seed_projects'
import { loadDemo, type Demo } from '../../resources/demo/load_demo.js'

const FIRST_DAYS_AGO = 7

/**
 * The demo comes into being by the same actions as people use. Only into an empty database.
 * `projects`: with plans at the points where somebody has something to do; they need the witness.
 */
export async function seedDemo(options: { projects: boolean }): Promise<boolean> {
  const users = await db.from('users').count('* as n').first()
  if (Number(users.n) > 0) return false
  const demo = await loadDemo()
  if (!demo.ok) throw new Error(`Demo data: ${JSON.stringify(demo.error)}`)
  const clock = await DemoClock.atStart()
  // The people are there before their projects' first day.
  if (options.projects) await clock.goTo(FIRST_DAYS_AGO, '09:00')
  try {
    await seedAll(demo.value, clock, options)
  } finally {
    await clock.backToNow()
  }
  return true
}

async function seedAll(demo: Demo, clock: DemoClock, options: { projects: boolean }): Promise<void> {
  // Before any plan: what the draw's randomness comes from must not depend on what will be drawn.
  await commitDrawKeys()
  await ensureWitnessPinned()
  await seedPeople(demo)
  await seedExperts(demo)
  if (!options.projects) return
  // Reports are sealed and signed before the app starts for the first time.
  await holdCeremony()
  await seedProjects(demo, clock)
}
