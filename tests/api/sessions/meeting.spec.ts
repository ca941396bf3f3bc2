import { test } from '@japa/runner'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { seatedReview, type SeatedReview } from '#tests/support/room_life'

test.group('A meeting', (group) => {
  let app: TestInstance
  let review: SeatedReview
  group.setup(async () => {
    app = await testInstance({ environment: { MEDIA: 'off' } })
    review = await seatedReview(app)
    return () => app.stop()
  })
  group.each.timeout(180_000)

  test('PLAN-6: the plan is delivered with the panel', async ({ assert }) => {
    const state = await app.sql.query('SELECT state FROM reviews WHERE id = $1', [review.reviewId])
    assert.equal(state.rows[0].state, 'PRE_REVIEW')
    const own = await review.panel[0]!.person.get(`/api/sessions/${review.reviewId}`)
    assert.equal(own.status, 200, JSON.stringify(own.body))
  })
})
