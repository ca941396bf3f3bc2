import type { HttpContext } from '@adonisjs/core/http'
import { orRefuse } from '#core/exceptions/refusal'
import { decideApproval } from '#plans/actions/decide_approval'
import { handOverVersion } from '#plans/actions/hand_over_version'
import { recordScannedApproval } from '#plans/actions/record_scanned_approval'
import { remindApprover } from '#plans/actions/remind_approver'
import { submitForReview } from '#plans/actions/submit_for_review'
import { decisionValidator, scanValidator, submitValidator } from '#plans/validators/plan'

/** PLAN-3 and PLAN-7: handing over, reviewing, and asking for the review. */
export default class ApprovalsController {
  async handOver({ actor, params }: HttpContext) {
    return orRefuse(await handOverVersion(actor, params.id), 409)
  }

  async decide({ actor, params, request }: HttpContext) {
    return orRefuse(
      await decideApproval(actor, params.id, await request.validateUsing(decisionValidator)),
      409
    )
  }

  async scan({ actor, params, request }: HttpContext) {
    return orRefuse(
      await recordScannedApproval(actor, params.id, await request.validateUsing(scanValidator)),
      409
    )
  }

  async remind({ actor, params }: HttpContext) {
    return orRefuse(await remindApprover(actor, params.id), 409)
  }

  async submit({ actor, params, request }: HttpContext) {
    const { fitsSite } = await request.validateUsing(submitValidator)
    return orRefuse(await submitForReview(actor, params.id, fitsSite), 409)
  }
}
