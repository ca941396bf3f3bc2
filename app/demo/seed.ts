import db from '@adonisjs/lucid/services/db'
import { seedPeople } from '#demo/seed_people'

/** The demo comes into being by the same actions as people use. Only into an empty database. */
export async function seedDemo(): Promise<boolean> {
  const users = await db.from('users').count('* as n').first()
  if (Number(users.n) > 0) return false
  await seedPeople()
  return true
}
