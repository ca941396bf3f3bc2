import { SYSTEM_ACTOR, STAFF } from '#core/actor'
import { record } from '#ledger/public'
import { createOrganisation, createUser, grantCapacity } from '#identity/public'
import { must } from '#demo/acting_as'
import { demoTotpSecret } from '#demo/demo_totp'
import { foundGroup, joinGroup } from '#registry/public'
import { DEMO_PASSWORD } from '#identity/domain/demo_password'
import type { Demo, DemoPerson } from '../../resources/demo/load_demo.js'

/** Organisations first, so that each has its kind before somebody is employed there. */
export async function seedPeople(demo: Demo): Promise<void> {
  await record(SYSTEM_ACTOR, async (unit) => {
    for (const { name, kind, group } of demo.organisations) {
      const organisationId = await createOrganisation(unit, { name, kind })
      if (group === null) continue
      const groupId = await foundGroup(unit, group)
      const days = { from: null, until: null, reason: '' }
      must('group of companies', await joinGroup(unit, { groupId, organisationId, ...days }))
    }
  })
  const kinds = new Map(demo.organisations.map((organisation) => [organisation.name, organisation.kind]))
  for (const [position, person] of demo.people.entries()) {
    await seedPerson(person, kinds.get(person.organisation)!, position)
  }
}

async function seedPerson(
  person: DemoPerson,
  kind: Demo['organisations'][number]['kind'],
  position: number
): Promise<void> {
  await record(SYSTEM_ACTOR, async (unit) => {
    const organisationId = await createOrganisation(unit, { name: person.organisation, kind })
    const userId = await createUser(unit, {
      name: person.name,
      mobile: person.mobile,
      password: DEMO_PASSWORD,
      totpSecret: STAFF.includes(person.kind) ? demoTotpSecret(person.mobile) : undefined,
    })
    await grantCapacity(unit, { userId, kind: person.kind, organisationId, title: person.title })
    await showOnSignInsPage(unit.trx, userId, position)
  })
}

type Transaction = Parameters<Parameters<typeof record>[1]>[0]['trx']

/** Puts somebody on the demo sign-ins page, in this place. */
async function showOnSignInsPage(trx: Transaction, userId: string, position: number): Promise<void> {
  await trx.rawQuery('INSERT INTO demo_people VALUES (?, ?) ON CONFLICT DO NOTHING', [userId, position])
}
