import type { HttpContext } from '@adonisjs/core/http'
import { orRefuse } from '#core/exceptions/refusal'
import { giveOpinion } from '#reports/revision/actions/give_opinion'
import { saveAnswer } from '#reports/revision/actions/save_answer'
import { saveOpinionDraft } from '#reports/revision/actions/save_opinion_draft'
import { submitRevision } from '#reports/revision/actions/submit_revision'
import { listRevisions } from '#reports/revision/queries/list_revisions'
import { revisionView } from '#reports/revision/queries/revision_view'
import {
  answerValidator,
  draftValidator,
  opinionValidator,
  submissionValidator,
} from '#reports/revision/validators/revision'

/** REP-3, REP-10: 修改与回复, 填写审查意见. */
export default class RevisionsController {
  async index({ actor }: HttpContext) {
    return listRevisions(actor)
  }

  async show({ actor, params }: HttpContext) {
    return revisionView(actor, params.reviewId)
  }

  async answer({ actor, params, request }: HttpContext) {
    const input = await request.validateUsing(answerValidator)
    return orRefuse(await saveAnswer(actor, params.reviewId, params.itemId, input), 409)
  }

  async submit({ actor, params, request }: HttpContext) {
    const input = await request.validateUsing(submissionValidator)
    return orRefuse(await submitRevision(actor, params.reviewId, input), 409)
  }

  async draft({ actor, params, request }: HttpContext) {
    const input = await request.validateUsing(draftValidator)
    return orRefuse(await saveOpinionDraft(actor, params.reviewId, input), 409)
  }

  async opinion({ actor, params, request }: HttpContext) {
    const input = await request.validateUsing(opinionValidator)
    return orRefuse(await giveOpinion(actor, params.reviewId, input), 409)
  }
}
