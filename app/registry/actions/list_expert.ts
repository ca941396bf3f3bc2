import { newId } from '#core/ids'
import { regulation } from '#core/jurisdiction'
import type { UnitOfWork } from '#ledger/public'
import { createOrganisation, createUser, grantCapacity } from '#identity/public'
import type { NewExpert } from '#registry/models/expert'

/** Puts an expert who has been admitted (REG-1) into the library, with account, capacity and employers. */
export async function listExpert(unit: UnitOfWork, expert: NewExpert): Promise<string> {
  const userId = await createUser(unit, {
    name: expert.name,
    mobile: expert.mobile,
    password: expert.password,
  })
  const id = newId()
  await unit.insert('experts', {
    id,
    user_id: userId,
    roster_no: expert.rosterNo,
    status: expert.status,
    grade: expert.grade,
    title: expert.title,
    position: expert.position,
    certificate_no: expert.certificateNo,
    specialties: expert.specialties,
    method_tags: expert.methodTags,
    categories: expert.categories,
    term_from: expert.termFrom,
    term_until: expert.termUntil,
    monthly_cap: expert.monthlyCap,
    birth_year: expert.birthYear ?? null,
    home_city: expert.homeCity ?? null,
    listed_at: expert.status === 'listed' ? unit.at : null,
  })
  for (const employment of expert.employments) {
    const organisationId = await createOrganisation(unit, {
      name: employment.employer,
      kind: 'employer',
    })
    await unit.insert('expert_employments', {
      id: newId(),
      expert_id: id,
      organisation_id: organisationId,
      from_day: employment.from,
      until_day: employment.until,
      retired_from: employment.retiredFrom ?? false,
    })
  }
  for (const { from, until } of expert.leaves ?? []) {
    await unit.insert('expert_leaves', {
      id: newId(),
      expert_id: id,
      from_day: from,
      until_day: until,
      reason: '',
      by_user_id: unit.actor.userId,
      created_at: unit.at,
    })
  }
  // Others' capacities carry their title in words; an expert's is a code of the regulation file.
  const { titles } = await regulation()
  const title = titles.find(({ code }) => code === expert.title)?.zh ?? expert.title
  await grantCapacity(unit, { userId, kind: 'expert', title })
  unit.entry({
    stream: 'registry',
    type: 'expert.listed',
    payload: { expert: id, rosterNo: expert.rosterNo, status: expert.status },
  })
  return id
}
