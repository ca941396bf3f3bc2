import app from '@adonisjs/core/services/app'
import { addTodoSource } from '#core/home/todo_sources'
import { onReviewMoved } from '#reviews/public'
import { compareWithEarlierPlans, sketchSubmittedPlans } from '#draw/actions/compare_with_earlier_plans'
import { openNearPlans } from '#draw/queries/near_plans'

/** Rule DRAW-6. As soon as a plan is submitted; a draw that is started before it is done does it first. */
onReviewMoved(async ({ review, event }) => {
  if (event === 'form_check') await compareWithEarlierPlans(review.id)
})

addTodoSource(async (actor) => {
  if (actor.kind !== 'centre') return []
  const questions = await openNearPlans()
  return questions.map(({ id, plan }) => ({
    id: `near-plan/${id}`,
    kind: 'near_plan.answer',
    params: { plan },
    href: `/draws/near/${id}`,
    dueAt: null,
  }))
})

app.ready(async () => {
  if (app.getEnvironment() === 'web') await sketchSubmittedPlans()
})
