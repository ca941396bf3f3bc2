import logger from '@adonisjs/core/services/logger'
import { ok } from '#lib/result'
import { onReviewMoved } from '#reviews/public'
import { performForProgram } from '#sessions/actions/perform_for_program'
import { tell } from '#sessions/decisions/scene'

/** A review that is voided, cancelled or suspended takes its meeting along. */
onReviewMoved(async ({ review, event }) => {
  if (event !== 'void' && event !== 'cancel') return
  const done = await performForProgram(review.id, event, (scene) =>
    ok(
      scene.room.phase === 'ended'
        ? []
        : [
            tell('room', 'phase.changed', {
              phase: 'ended',
              stage: scene.room.stage,
              because: 'program',
              reason: event,
            }),
          ]
    )
  )
  if (!done.ok && done.error.code !== 'E_NOT_FOUND')
    logger.error({ review: review.id, error: done.error }, 'meeting not ended')
})
