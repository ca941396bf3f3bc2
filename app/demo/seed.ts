import db from '@adonisjs/lucid/services/db'
import { loadDemo } from '../../resources/demo/load_demo.js'
import { seedPeople } from '#demo/seed_people'

/** The demo comes into being by the same actions as people use. Only into an empty database. */
export async function seedDemo(): Promise<boolean> {
  const users = await db.from('users').count('* as n').first()
  if (Number(users.n) > 0) return false
  const demo = await loadDemo()
  if (!demo.ok) throw new Error(`Demo data: ${JSON.stringify(demo.error)}`)
  await seedPeople(demo.value)
  return true
}
