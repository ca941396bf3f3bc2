import type { Actor } from '#core/actor'
import { ok } from '#lib/result'
import { reviewStream } from '#reviews/public'
import { assessWorks } from '#plans/actions/assess_works'
import { inOpenPlan } from '#plans/actions/in_open_plan'
import { replaceWorks } from '#plans/actions/replace_works'
import type { Work } from '#plans/models/rows'

export interface PlanData {
  readonly name: string
  readonly projectName: string
  readonly projectPlace: string
  readonly permit: string
  readonly part: string
  readonly summary: string
  readonly reviewKind: string
  readonly voluntaryReason: string | null
  readonly bySubcontractor: boolean
}

export async function changePlanData(actor: Actor, planId: string, data: PlanData) {
  return inOpenPlan(actor, planId, async ({ unit, plan, review }) => {
    await unit.update('plans', plan.id, {
      name: data.name,
      project_name: data.projectName,
      project_place: data.projectPlace,
      permit: data.permit,
      part: data.part,
      summary: data.summary,
      review_kind: data.reviewKind,
      voluntary_reason: data.voluntaryReason,
      by_subcontractor: data.bySubcontractor,
    })
    unit.entry({ stream: reviewStream(review.id), type: 'plan.data_changed', payload: { plan: plan.id } })
    return ok({ id: plan.id })
  })
}

/** Works are replaced and assessed anew at once: the verdict always is that of the parameters on record. */
export async function changeWorks(actor: Actor, planId: string, works: readonly Work[]) {
  return inOpenPlan(actor, planId, async ({ unit, plan, review }) => {
    const { columns, errors } = await assessWorks(works, unit.at)
    await replaceWorks(unit, plan.id, works)
    await unit.update('plans', plan.id, columns)
    unit.entry({
      stream: reviewStream(review.id),
      type: 'plan.assessed',
      payload: {
        plan: plan.id,
        hazardous: columns.hazardous,
        review_required: columns.review_required,
        regulation: columns.regulation_hash,
      },
    })
    return ok({
      assessment: columns.assessment,
      hazardous: columns.hazardous,
      reviewRequired: columns.review_required,
      errors,
    })
  })
}
