import type { Actor } from '#core/actor'
import { newId } from '#core/ids'
import { nextNumber } from '#core/sequence_number'
import { record } from '#ledger/public'
import { createReview, reviewStream } from '#reviews/public'
import { assessWorks } from '#plans/actions/assess_works'
import { replaceWorks } from '#plans/actions/replace_works'
import type { Work } from '#plans/models/rows'

export interface NewPlan {
  readonly name: string
  readonly projectName: string
  readonly projectPlace: string
  readonly permit: string
  readonly part: string
  readonly summary: string
  readonly works: readonly Work[]
}

/** Opens a plan with its number, its works and the first round of its review, all as a draft. */
export async function createPlan(
  actor: Actor,
  input: NewPlan
): Promise<{ id: string; number: string; reviewId: string }> {
  return record(actor, async (unit) => {
    const id = newId()
    const number = await nextNumber(unit.trx, 'JK', unit.at)
    const { columns } = await assessWorks(input.works, unit.at)
    await unit.insert('plans', {
      id,
      number,
      organisation_id: actor.organisationId!,
      name: input.name,
      project_name: input.projectName,
      project_place: input.projectPlace,
      permit: input.permit,
      part: input.part,
      summary: input.summary,
      review_kind: 'lunzheng',
      voluntary_reason: null,
      by_subcontractor: false,
      agency_organisation_id: null,
      delegation_sha256: null,
      meeting_proposed_at: null,
      ...columns,
      implementable_version_id: null,
      created_by: actor.userId,
      created_at: unit.at,
    })
    const reviewId = await createReview(unit, { planId: id, round: 1 })
    await replaceWorks(unit, id, input.works)
    await unit.insert('plan_parties', {
      id: newId(),
      plan_id: id,
      role: 'general_contractor',
      organisation_id: actor.organisationId!,
      lead_user_id: null,
      position: 0,
    })
    unit.entry({
      stream: reviewStream(reviewId),
      type: 'plan.created',
      payload: { plan: id, number, hazardous: columns.hazardous, review_required: columns.review_required },
    })
    return { id, number, reviewId }
  })
}
