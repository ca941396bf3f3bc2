import router from '@adonisjs/core/services/router'
import { open, signedIn } from '#core/http/signed_in'

const RevisionsController = () => import('#reports/revision/controllers/revisions_controller')
const FilingsController = () => import('#reports/filing/controllers/filings_controller')
const SiteVerdictsController = () => import('#reports/revision/controllers/site_verdicts_controller')

signedIn(() => {
  router.get('/revisions', [RevisionsController, 'index'])
  router.get('/reviews/:reviewId/revision', [RevisionsController, 'show'])
  router.get('/reviews/:reviewId/filing', [FilingsController, 'show'])
  router.get('/reviews/:reviewId/filing/images/:imageId', [FilingsController, 'image'])
})

signedIn(() => {
  router.put('/reviews/:reviewId/revision/answers/:itemId', [RevisionsController, 'answer'])
  router.post('/reviews/:reviewId/revision/submissions', [RevisionsController, 'submit'])
}, ['organiser'])

signedIn(() => {
  router.put('/reviews/:reviewId/revision/opinion-draft', [RevisionsController, 'draft'])
  router.post('/reviews/:reviewId/revision/opinion', [RevisionsController, 'opinion'])
}, ['expert'])

signedIn(() => {
  router.post('/reviews/:reviewId/filing/images', [FilingsController, 'addImage'])
  router.delete('/reviews/:reviewId/filing/images/:imageId', [FilingsController, 'removeImage'])
}, ['organiser', 'agency'])

open(() => {
  router.get('/site/:code/verdict', [SiteVerdictsController, 'show'])
})
