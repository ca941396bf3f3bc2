import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/actor'
import { companyKey } from '#lib/company_name'
import { fail, ok } from '#lib/result'
import { reviewStream, type ReviewState } from '#reviews/public'
import { inPlan } from '#plans/actions/in_open_plan'

export interface Organising {
  /** Full name of a listed agency; null when the enterprise organises itself. */
  readonly agencyName: string | null
  /** Upload of the letter of delegation (委托书). */
  readonly delegationUploadId: string | null
  readonly meetingProposedAt: Date | null
}

export type OrganiseError =
  | { code: 'E_PLAN_FIXED'; state: ReviewState }
  | { code: 'E_AGENCY_NOT_LISTED'; name: string }
  | { code: 'E_DELEGATION_NEEDED' }

const BEFORE_THE_DRAW: readonly ReviewState[] = [
  'DRAFT',
  'SELF_CHECKED',
  'CONTRACTOR_REVIEWED',
  'SUPERVISING_ENGINEER_REVIEWED',
  'RETURNED',
  'SUBMITTED',
  'FORM_CHECKED',
]

/** ORG-2: who organises, and when the meeting is meant to be. Open until the draw begins. */
export async function organiseReview(actor: Actor, planId: string, input: Organising) {
  return inPlan<{ agencyId: string | null }, OrganiseError>(actor, planId, async ({ unit, plan, review }) => {
    if (!BEFORE_THE_DRAW.includes(review.state)) return fail({ code: 'E_PLAN_FIXED', state: review.state })
    const agency = input.agencyName
      ? await unit.trx
          .from('organisations')
          .where({ name_key: companyKey(input.agencyName), kind: 'agency' })
          .first()
      : null
    if (input.agencyName && !agency) return fail({ code: 'E_AGENCY_NOT_LISTED', name: input.agencyName })
    const letter = await delegation(plan.id, actor, input.delegationUploadId)
    const delegationSha256 = agency
      ? (letter ?? (agency.id === plan.agency_organisation_id ? plan.delegation_sha256 : null))
      : null
    if (agency && !delegationSha256) return fail({ code: 'E_DELEGATION_NEEDED' })
    await unit.update('plans', plan.id, {
      agency_organisation_id: agency?.id ?? null,
      delegation_sha256: delegationSha256,
      meeting_proposed_at: input.meetingProposedAt,
    })
    unit.entry({
      stream: reviewStream(review.id),
      type: 'plan.organised',
      payload: {
        plan: plan.id,
        agency: agency?.id ?? null,
        letter: delegationSha256,
        meeting: input.meetingProposedAt,
      },
    })
    return ok({ agencyId: agency?.id ?? null })
  })
}

async function delegation(planId: string, actor: Actor, uploadId: string | null): Promise<string | null> {
  if (!uploadId) return null
  const row = await db
    .from('plan_uploads')
    .where({ id: uploadId, plan_id: planId, user_id: actor.userId, state: 'accepted', purpose: 'attachment' })
    .first()
  return row?.result.sha256 ?? null
}
