import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import type { ApprovalRow, CheckRow, PartyRow, PlanRow, VersionRow, WorkRow } from '#plans/models/rows'
import { seesDrafts, visiblePlans } from '#plans/policies/visible_plans'

type Client = TransactionClientContract | undefined
const client = (trx: Client) => trx ?? db

/** The plan as this person may see it. @throws 404 for everybody else's. */
export async function planFor(actor: Actor, id: string): Promise<PlanRow> {
  if (!isUuid(id)) throw notFound()
  const row = await visiblePlans(actor).where('plans.id', id).select('plans.*').first()
  if (!row) throw notFound()
  return row
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

/** Locks the plan's row, so that of two tabs the second sees what the first did. */
export async function lockPlan(trx: TransactionClientContract, id: string): Promise<PlanRow> {
  return trx.from('plans').where('id', id).forUpdate().firstOrFail()
}

export async function worksOf(planId: string, trx?: Client): Promise<WorkRow[]> {
  return client(trx).from('plan_works').where('plan_id', planId).orderBy('position')
}

export async function partiesOf(planId: string, trx?: Client): Promise<PartyRow[]> {
  return client(trx)
    .from('plan_parties')
    .leftJoin('organisations', 'organisations.id', 'plan_parties.organisation_id')
    .leftJoin('users', 'users.id', 'plan_parties.lead_user_id')
    .where('plan_id', planId)
    .orderBy('position')
    .select(
      'plan_parties.*',
      'organisations.name as organisation_name',
      'users.name as lead_name',
      'users.mobile_masked as lead_mobile'
    )
}

/** All versions, the newest first. */
export async function versionsOf(planId: string, trx?: Client): Promise<VersionRow[]> {
  return client(trx)
    .from('plan_versions')
    .join('users', 'users.id', 'plan_versions.uploaded_by')
    .where('plan_id', planId)
    .orderBy('number', 'desc')
    .select('plan_versions.*', 'users.name as uploaded_by_name')
}

/** Versions that this person may see: drafts are the writers' own. */
export async function versionsFor(actor: Actor, plan: PlanRow): Promise<VersionRow[]> {
  const all = await versionsOf(plan.id)
  return seesDrafts(actor, plan) ? all : all.filter((version) => version.state !== 'draft')
}

/** @throws 404 for a version that is not there or not theirs to see. */
export async function versionFor(actor: Actor, plan: PlanRow, number: number): Promise<VersionRow> {
  const version = (await versionsFor(actor, plan)).find((one) => one.number === number)
  if (!version) throw notFound()
  return version
}

export async function checksOf(versionIds: readonly string[], trx?: Client): Promise<CheckRow[]> {
  return client(trx)
    .from('plan_defect_checks')
    .whereIn('version_id', [...versionIds])
    .orderBy('at')
}

export async function approvalsOf(versionIds: readonly string[], trx?: Client): Promise<ApprovalRow[]> {
  return client(trx)
    .from('plan_approvals')
    .whereIn('version_id', [...versionIds])
    .orderBy('at')
}
