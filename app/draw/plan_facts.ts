import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { planForDraw } from '#plans/public'
import type { Work } from '#draw/domain/facts'

export interface PlanParty {
  readonly kind: string
  /** Null while the party is not yet appointed. */
  readonly organisationId: string | null
  readonly name: string | null
}

/** All that the draw knows of a plan. */
export interface PlanFacts {
  readonly planId: string
  readonly number: string
  readonly name: string
  readonly projectName: string
  readonly place: string
  readonly permit: string
  readonly part: string
  readonly works: readonly Work[]
  readonly organiser: { readonly id: string; readonly name: string }
  readonly agency: { readonly id: string; readonly name: string } | null
  readonly parties: readonly PlanParty[]
  readonly meetingProposedAt: Date | null
}

/** @throws when there is no such plan. */
export async function planFacts(planId: string, trx?: TransactionClientContract): Promise<PlanFacts> {
  return trx ? readFacts(planId, trx) : db.transaction((own) => readFacts(planId, own))
}

async function readFacts(planId: string, trx: TransactionClientContract): Promise<PlanFacts> {
  const plan = await planForDraw(trx, planId)
  const named = [plan.organisationId, plan.agencyId, ...plan.parties.map((party) => party.organisation_id)]
  const rows = await trx.from('organisations').whereIn(
    'id',
    named.filter((id) => id !== null)
  )
  const organisations = new Map(rows.map((row) => [row.id as string, row]))
  const firm = (id: string) => ({ id, name: organisations.get(id)!.name as string })
  return {
    planId,
    number: plan.number,
    name: plan.name,
    projectName: plan.projectName,
    place: plan.projectPlace,
    permit: plan.identity.permit,
    part: plan.identity.part,
    works: plan.works.map(({ category, parameters }) => ({ category, parameters })),
    organiser: firm(plan.organisationId),
    agency: plan.agencyId ? firm(plan.agencyId) : null,
    parties: plan.parties.map(({ role, organisation_id: id, organisation_name: name }) => {
      return { kind: role, organisationId: id, name }
    }),
    meetingProposedAt: plan.meetingProposedAt,
  }
}

/** Plans of an organisation, its own or delegated to it, whose review waits for its draw. */
export async function plansReadyToDraw(
  organisationId: string
): Promise<{ reviewId: string; planId: string }[]> {
  const rows = await db
    .from('reviews')
    .join('plans', 'plans.id', 'reviews.plan_id')
    .where('reviews.state', 'FORM_CHECKED')
    .where((query) => {
      query
        .where('plans.organisation_id', organisationId)
        .orWhere('plans.agency_organisation_id', organisationId)
    })
    .orderBy('reviews.state_since')
    .select('reviews.id', 'plans.id as plan_id')
  return rows.map((row) => ({ reviewId: row.id, planId: row.plan_id }))
}
