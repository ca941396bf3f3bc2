import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

export interface SessionVersion {
  readonly versionId: string
  readonly number: number
  readonly pages: number
  readonly fileName: string
  readonly sha256: string
}

export interface SessionPlan {
  readonly planId: string
  readonly number: string
  readonly name: string
  readonly projectName: string
  readonly organiserOrganisationId: string
  readonly agencyOrganisationId: string | null
  /** Roles of the parties that are appointed. */
  readonly appointed: readonly string[]
  readonly leadUserIds: readonly string[]
  /** Handed over, oldest first: what experts read and compare. */
  readonly versions: readonly SessionVersion[]
}

/** What the meeting needs to know of its plan. @throws when there is no such plan. */
export async function planOfSession(planId: string, trx?: TransactionClientContract): Promise<SessionPlan> {
  const client = trx ?? db
  const plan = await client.from('plans').where('id', planId).firstOrFail()
  const parties = await client.from('plan_parties').where('plan_id', planId)
  const versions = await client
    .from('plan_versions')
    .where('plan_id', planId)
    .whereNot('state', 'draft')
    .orderBy('number')
  return {
    planId,
    number: plan.number,
    name: plan.name,
    projectName: plan.project_name,
    organiserOrganisationId: plan.organisation_id,
    agencyOrganisationId: plan.agency_organisation_id,
    appointed: parties.filter((party) => party.organisation_id !== null).map((party) => party.role),
    leadUserIds: parties.flatMap((party) => party.lead_user_id ?? []),
    versions: versions.map((version) => ({
      versionId: version.id,
      number: version.number,
      pages: version.page_count,
      fileName: version.file_name,
      sha256: version.sha256,
    })),
  }
}
