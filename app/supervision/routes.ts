import router from '@adonisjs/core/services/router'
import { open, signedIn } from '#core/http/signed_in'
import { SUPERVISORS } from '#supervision/policies/recording_access'

const ReviewsController = () => import('#supervision/controllers/reviews_controller')
const InspectionsController = () => import('#supervision/controllers/inspections_controller')
const RecordingsController = () => import('#supervision/controllers/recordings_controller')
const FairnessController = () => import('#supervision/controllers/fairness_controller')
const SpotChecksController = () => import('#supervision/controllers/spot_checks_controller')
const LooksController = () => import('#supervision/controllers/looks_controller')

signedIn(() => {
  router.get('/supervision/reviews', [ReviewsController, 'index'])
  router.get('/supervision/reviews/:reviewId', [ReviewsController, 'show'])
  router.get('/supervision/reviews/:reviewId/playback', [ReviewsController, 'playback'])
  router.post('/supervision/reviews/:reviewId/inspections', [InspectionsController, 'store'])
  router.post('/supervision/reviews/:reviewId/findings', [InspectionsController, 'finding'])
  router.post('/supervision/reviews/:reviewId/contacts', [InspectionsController, 'contact'])
  router.post('/supervision/inspections/:id/openings', [InspectionsController, 'open'])
  router.post('/supervision/inspections/:id/close', [InspectionsController, 'close'])
  router.get('/supervision/recordings/:reviewId/files/:name', [RecordingsController, 'file'])
  router.post('/supervision/recordings/:reviewId/check', [RecordingsController, 'check'])
}, SUPERVISORS)

signedIn(() => {
  router.get('/supervision/fairness', [FairnessController, 'show'])
  router.get('/supervision/fairness/entries', [FairnessController, 'entries'])
}, SUPERVISORS)

open(() => {
  router.get('/public/fairness', [FairnessController, 'showPublic'])
})

signedIn(() => {
  router.get('/supervision/looks', [LooksController, 'index'])
}, [...SUPERVISORS, 'auditor'])

signedIn(() => {
  router.get('/supervision/spot-checks', [SpotChecksController, 'index'])
  router.get('/supervision/spot-checks/:id', [SpotChecksController, 'show'])
  router.get('/supervision/spot-checks/:id/evidence', [SpotChecksController, 'evidence'])
}, [...SUPERVISORS, 'auditor'])

signedIn(() => {
  router.get('/supervision/spot-check-population', [SpotChecksController, 'population'])
  router.post('/supervision/spot-checks', [SpotChecksController, 'store'])
}, ['authority'])
