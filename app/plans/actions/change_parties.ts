import type { Actor, CapacityKind } from '#core/actor'
import { newId } from '#core/ids'
import { companyKey } from '#lib/company_name'
import { fail, ok } from '#lib/result'
import type { UnitOfWork } from '#ledger/public'
import { createOrganisation, invitePerson, type OrganisationKind } from '#identity/public'
import { reviewStream } from '#reviews/public'
import { inOpenPlan } from '#plans/actions/in_open_plan'
import type { PartyRow } from '#plans/models/rows'
import { partiesOf } from '#plans/queries/load_plan'

export interface PartyInput {
  readonly role: string
  /** Full name; null while the party is not yet appointed. */
  readonly organisationName: string | null
  readonly leadName: string | null
  /** Eleven digits; absent keeps the person who is named already. */
  readonly leadMobile: string | null
}

const ORGANISATION: Readonly<Record<string, OrganisationKind>> = {
  owner: 'owner',
  survey: 'surveyor',
  design: 'designer',
  general_contractor: 'contractor',
  subcontractor: 'contractor',
  supervision: 'supervisor',
  monitoring: 'monitor',
  agency: 'agency',
}

/** As what a party's named person signs in. Monitors take part as the surveyors do. */
const CAPACITY: Readonly<Record<string, CapacityKind>> = {
  owner: 'owner',
  survey: 'surveyor',
  design: 'designer',
  general_contractor: 'technical_head',
  subcontractor: 'technical_head',
  supervision: 'supervising_engineer',
  monitoring: 'surveyor',
  agency: 'agency',
}

export type PartiesError =
  { code: 'E_PARTY_UNKNOWN'; role: string } | { code: 'E_CONTRACTOR_IS_ORGANISER'; name: string }

/**
 * PLAN-5: names the parties, as a set. Whoever is new gets an invitation by SMS; who stays is not asked
 * again. The general contractor of a plan is the enterprise that organises it.
 */
export async function changeParties(actor: Actor, planId: string, parties: readonly PartyInput[]) {
  return inOpenPlan<{ id: string }, PartiesError>(actor, planId, async ({ unit, plan, review }) => {
    const unknown = parties.find((party) => !(party.role in ORGANISATION))
    if (unknown) return fail({ code: 'E_PARTY_UNKNOWN', role: unknown.role })
    const before = await partiesOf(plan.id, unit.trx)
    const own = await unit.trx.from('organisations').where('id', plan.organisation_id).firstOrFail()
    const contractor = parties.find((party) => party.role === 'general_contractor')
    if (contractor && companyKey(contractor.organisationName ?? '') !== own.name_key)
      return fail({ code: 'E_CONTRACTOR_IS_ORGANISER', name: own.name })
    for (const party of before) await unit.delete('plan_parties', party.id)
    for (const [position, party] of parties.entries())
      await insertParty(unit, plan.id, party, position, before)
    unit.entry({
      stream: reviewStream(review.id),
      type: 'plan.parties_named',
      payload: { plan: plan.id, roles: parties.map((party) => party.role) },
    })
    return ok({ id: plan.id })
  })
}

async function insertParty(
  unit: UnitOfWork,
  planId: string,
  party: PartyInput,
  position: number,
  before: readonly PartyRow[]
): Promise<void> {
  const organisationId = party.organisationName
    ? await createOrganisation(unit, { name: party.organisationName, kind: ORGANISATION[party.role]! })
    : null
  await unit.insert('plan_parties', {
    id: newId(),
    plan_id: planId,
    role: party.role,
    organisation_id: organisationId,
    lead_user_id: organisationId ? await leadOf(unit, party, organisationId, before) : null,
    position,
  })
}

async function leadOf(
  unit: UnitOfWork,
  party: PartyInput,
  organisationId: string,
  before: readonly PartyRow[]
): Promise<string | null> {
  if (!party.leadName) return null
  if (party.leadMobile) {
    return invitePerson(unit, {
      name: party.leadName,
      mobile: party.leadMobile,
      kind: CAPACITY[party.role]!,
      organisationId,
    })
  }
  const same = before.find(
    (one) =>
      one.role === party.role && one.organisation_id === organisationId && one.lead_name === party.leadName
  )
  return same?.lead_user_id ?? null
}
