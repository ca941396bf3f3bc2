import db from '@adonisjs/lucid/services/db'
import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#core/actor'

type Query = DatabaseQueryBuilderContract<any>
/** Adds an `orWhere…` for plans that a person may see for a reason of another module (a place on a panel). */
export type SightOfPlans = (query: Query, actor: Actor) => void

const more: SightOfPlans[] = []

/** Lets a module above add its own reason to see a plan; the plans' module knows nothing of panels. */
export function addSightOfPlans(sight: SightOfPlans): void {
  more.push(sight)
}

/**
 * SEC-2: which plans exist for this person, decided here for every route. The centre and the authority see
 * their jurisdiction, an enterprise its own plans, an agency those delegated to it, and a party's named
 * person the plan they are named in, once a version has left the writers' desk.
 */
export function visiblePlans(actor: Actor, trx?: TransactionClientContract): Query {
  const query = (trx ?? db).from('plans')
  if (actor.kind === 'centre' || actor.kind === 'authority') return query
  return query.where((or) => {
    // An empty bracket would let everything through.
    or.whereRaw('false')
    if (isWriter(actor)) or.orWhere('plans.organisation_id', actor.organisationId!)
    if (actor.kind === 'agency' && actor.organisationId)
      or.orWhere('plans.agency_organisation_id', actor.organisationId)
    if (actor.organisationId) or.orWhereExists(namedIn(actor, trx))
    for (const sight of more) sight(or as unknown as Query, actor)
  })
}

/** People of the enterprise that writes the plan: they see drafts too. */
export function isWriter(actor: Actor): boolean {
  return (actor.kind === 'organiser' || actor.kind === 'technical_head') && actor.organisationId !== null
}

function namedIn(actor: Actor, trx?: TransactionClientContract): Query {
  return (trx ?? db)
    .from('plan_parties')
    .select(db.raw('1'))
    .whereColumn('plan_parties.plan_id', 'plans.id')
    .where('plan_parties.lead_user_id', actor.userId)
    .where('plan_parties.organisation_id', actor.organisationId!)
    .whereExists((version: Query) => {
      void version
        .from('plan_versions')
        .select(db.raw('1'))
        .whereColumn('plan_versions.plan_id', 'plans.id')
        .whereNot('plan_versions.state', 'draft')
    })
}

/** Whether this person may see what the writers have not handed over yet. */
export function seesDrafts(actor: Actor, plan: { organisation_id: string }): boolean {
  return isWriter(actor) && actor.organisationId === plan.organisation_id
}

/** Who may change the plan: the organiser's people of the enterprise that writes it. */
export function mayEdit(actor: Actor, plan: { organisation_id: string }): boolean {
  return actor.kind === 'organiser' && actor.organisationId === plan.organisation_id
}

/** Who may ask for the review and what follows: the organiser, or the agency it has delegated to (ORG-2). */
export function hostOf(
  actor: Actor,
  plan: { organisation_id: string; agency_organisation_id: string | null }
): 'organiser' | 'agency' | null {
  if (mayEdit(actor, plan)) return 'organiser'
  const delegated =
    actor.kind === 'agency' &&
    actor.organisationId !== null &&
    actor.organisationId === plan.agency_organisation_id
  return delegated ? 'agency' : null
}
