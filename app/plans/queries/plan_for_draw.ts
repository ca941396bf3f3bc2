import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { PartyRow, PlanRow, VersionRow, WorkRow } from '#plans/models/rows'
import { partiesOf, versionsOf, worksOf } from '#plans/queries/load_plan'

export interface PlanForDraw {
  readonly id: string
  readonly number: string
  readonly name: string
  readonly projectName: string
  readonly projectPlace: string
  readonly organisationId: string
  readonly agencyId: string | null
  readonly reviewKind: string
  readonly meetingProposedAt: Date | null
  readonly works: readonly WorkRow[]
  readonly parties: readonly PartyRow[]
  /** What `planKey` takes, but the round, which is the review's. */
  readonly identity: { permit: string; categories: string[]; part: string }
  readonly version: VersionRow | null
}

/** What a draw needs of a plan, read inside the draw's transaction. */
export async function planForDraw(trx: TransactionClientContract, planId: string): Promise<PlanForDraw> {
  const plan: PlanRow = await trx.from('plans').where('id', planId).firstOrFail()
  // One after the other: a transaction is one connection.
  const works = await worksOf(planId, trx)
  const parties = await partiesOf(planId, trx)
  const version = await submittedVersion(planId, trx)
  return {
    id: plan.id,
    number: plan.number,
    name: plan.name,
    projectName: plan.project_name,
    projectPlace: plan.project_place,
    organisationId: plan.organisation_id,
    agencyId: plan.agency_organisation_id,
    reviewKind: plan.review_kind,
    meetingProposedAt: plan.meeting_proposed_at,
    works,
    parties,
    identity: { permit: plan.permit, categories: works.map((work) => work.category), part: plan.part },
    version,
  }
}

/** The version that carries both approvals, the newest; null before there is one. */
export async function submittedVersion(
  planId: string,
  trx?: TransactionClientContract
): Promise<VersionRow | null> {
  return (await versionsOf(planId, trx)).find((version) => version.state === 'approved') ?? null
}

/** The version that is in work after the meeting: draft, handed over, or approved again. */
export async function latestVersion(
  planId: string,
  trx?: TransactionClientContract
): Promise<VersionRow | null> {
  return (await versionsOf(planId, trx))[0] ?? null
}
