import type { Actor } from '#core/actor'
import { notFound } from '#core/exceptions/refusal'
import { regulation } from '#core/jurisdiction'
import { nextNumber } from '#core/sequence_number'
import { fail, ok } from '#lib/result'
import { notify } from '#messages/public'
import { peopleOf } from '#identity/public'
import { recordResult } from '#ledger/public'
import {
  advance,
  lockReview,
  reviewOfPlan,
  setReviewFacts,
  type AdvanceError,
  type Review,
} from '#reviews/public'
import { missingApprovals, type MissingApproval } from '#plans/domain/plan_carries_both_approvals'
import { planKeyInputs } from '#plans/domain/plan_key_inputs'
import type { Lack } from '#plans/domain/what_a_plan_still_lacks'
import type { VersionRow } from '#plans/models/rows'
import { hostOf } from '#plans/policies/visible_plans'
import { approvalsOf, lockPlan, planFor } from '#plans/queries/load_plan'
import { lackingNow } from '#plans/queries/plan_content'

export type SubmitError =
  | AdvanceError
  | { code: 'E_NOT_READY'; missing: MissingApproval[]; lacks: Lack[] }
  | { code: 'E_PLAN_KEY'; why: string }

/**
 * 申请论证 (PLAN-3): the organiser, or the agency it has delegated to, declares that the plan fits the real
 * site and asks for the review. The program checks the form at once (ORG-1: nobody accepts it), pins the
 * regulation and gives the review its number.
 */
export async function submitForReview(actor: Actor, planId: string, fitsSite: boolean) {
  const seen = await planFor(actor, planId)
  if (!hostOf(actor, seen)) throw notFound()
  return recordResult<{ state: string; number: string }, SubmitError>(actor, async (unit) => {
    const plan = await lockPlan(unit.trx, planId)
    const as = hostOf(actor, plan)
    if (!as) throw notFound()
    const current = await reviewOfPlan(planId, unit.trx)
    const review = await lockReview(unit.trx, current!.id)
    const { lacks, version, works } = await lackingNow(unit.trx, plan, review)
    const missing = version ? await approvalsMissing(version, plan.by_subcontractor, fitsSite, unit.trx) : []
    if (review.state === 'SUPERVISING_ENGINEER_REVIEWED' && lacks.length + missing.length > 0)
      return fail({ code: 'E_NOT_READY', missing, lacks })
    const key = planKeyInputs({
      permit_code: plan.permit,
      categories: works.map((work) => work.category),
      part: plan.part,
      round: review.round,
    })
    if (!key.ok) return fail({ code: 'E_PLAN_KEY', why: key.error.code })
    const rules = await regulation()
    const submitted = await advance(unit, {
      reviewId: review.id,
      event: 'submit',
      as,
      payload: { version: version?.id, sha256: version?.sha256, fits_site: fitsSite, plan_key: key.value },
    })
    if (!submitted.ok) return submitted
    const number = review.number ?? (await nextNumber(unit.trx, 'LZ', unit.at))
    await setReviewFacts(unit, review.id, {
      number,
      regulation: { id: rules.id, version: rules.version, hash: rules.hash },
    })
    const checked = await advance(unit, { reviewId: review.id, event: 'form_check', as: 'program' })
    if (!checked.ok) return checked
    const hosts = await peopleOf(plan.agency_organisation_id ?? plan.organisation_id, [
      plan.agency_organisation_id ? 'agency' : 'organiser',
    ])
    await notify(unit, {
      userIds: hosts.map((person) => person.userId),
      kind: 'plan.form_checked',
      params: { plan: plan.name, number },
      href: `/plans/${plan.id}`,
      objectId: plan.id,
    })
    return ok({ state: checked.value.state as Review['state'], number })
  })
}

async function approvalsMissing(
  version: VersionRow,
  bySubcontractor: boolean,
  fitsSite: boolean,
  trx: Parameters<typeof approvalsOf>[1]
): Promise<MissingApproval[]> {
  const approvals = await approvalsOf([version.id], trx)
  return missingApprovals({
    version_hash: version.sha256,
    written_by_subcontractor: bySubcontractor,
    site_fit_declared: fitsSite,
    approvals: approvals.map((one) => ({
      kind: one.step,
      version_hash: version.sha256,
      approved: one.decision === 'approve',
      // A scan is recorded only with signature and seal declared, see record_scanned_approval.
      evidence: one.scan_sha256
        ? { form: 'scan', has_signature: true, has_seal: true, registration_number: one.registration_number }
        : { form: 'session' },
    })),
  })
}
