import type { HttpContext } from '@adonisjs/core/http'
import { orRefuse } from '#core/exceptions/refusal'
import { answerFeedback } from '#messages/actions/answer_feedback'
import { giveFeedback } from '#messages/actions/give_feedback'
import { feedbackFor } from '#messages/queries/feedback'
import { answerValidator, feedbackValidator } from '#messages/validators/feedback'

/** Feedback of any signed-in person, answered by system administration (ORG-5). */
export default class FeedbackController {
  async index({ actor }: HttpContext) {
    return { feedback: await feedbackFor(actor), mayAnswer: actor.kind === 'system_admin' }
  }

  async store({ actor, request, response }: HttpContext) {
    const { text } = await request.validateUsing(feedbackValidator)
    return response.status(201).send(await giveFeedback(actor, text))
  }

  async answer({ actor, request, response }: HttpContext) {
    const { params, text } = await request.validateUsing(answerValidator)
    orRefuse(await answerFeedback(actor, params.id, text), 409)
    return response.status(204).send('')
  }
}
