import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { regulation } from '#core/jurisdiction'
import type { Review } from '#reviews/public'
import { whatIsLacking, type PlanContent } from '#plans/domain/what_a_plan_still_lacks'
import type { CheckRow, PartyRow, PlanRow, VersionRow, WorkRow } from '#plans/models/rows'
import { checksOf, partiesOf, versionsOf, worksOf } from '#plans/queries/load_plan'

/** What the rules look at, from rows that have been read. */
export function planContent(
  plan: PlanRow,
  review: Pick<Review, 'state'>,
  works: readonly WorkRow[],
  parties: readonly PartyRow[],
  version: VersionRow | null,
  check: CheckRow | null
): PlanContent {
  return {
    permit: plan.permit,
    projectPlace: plan.project_place,
    hazardous: plan.hazardous,
    voluntaryReason: plan.voluntary_reason,
    categories: works.map((work) => work.category),
    parties: parties.map((party) => ({
      kind: party.role,
      organisation_id: party.organisation_id,
      not_yet_appointed: party.organisation_id === null,
      hasLead: party.lead_user_id !== null,
    })),
    isDraft: review.state === 'DRAFT',
    version: version && {
      pageCount: version.page_count,
      state: version.state,
      chapters: version.chapters,
      drawings: version.drawings,
      ticks: check?.items ?? [],
    },
  }
}

/** Reads a plan afresh, inside a transaction that holds its lock, and says what it lacks. */
export async function lackingNow(
  trx: TransactionClientContract,
  plan: PlanRow,
  review: Pick<Review, 'state'>
) {
  // A transaction is one connection: its queries go one after another.
  const works = await worksOf(plan.id, trx)
  const parties = await partiesOf(plan.id, trx)
  const versions = await versionsOf(plan.id, trx)
  const version = versions[0] ?? null
  const checks = version ? await checksOf([version.id], trx) : []
  const check = checks.find((one) => one.step === 'writing') ?? null
  const found = whatIsLacking(planContent(plan, review, works, parties, version, check), await regulation())
  return { ...found, works, parties, version, check }
}
