import router from '@adonisjs/core/services/router'
import { open, signedIn } from '#core/http/signed_in'

const PlansController = () => import('#plans/controllers/plans_controller')
const ApprovalsController = () => import('#plans/controllers/approvals_controller')
const AssessmentsController = () => import('#plans/controllers/assessments_controller')
const UploadsController = () => import('#plans/controllers/uploads_controller')
const VersionsController = () => import('#plans/controllers/versions_controller')
const SiteController = () => import('#plans/controllers/site_controller')

signedIn(() => {
  router.get('/plans', [PlansController, 'index'])
  router.get('/plans/:id', [PlansController, 'show'])
  router.get('/plans/:id/versions/:number/file', [VersionsController, 'file'])
  router.get('/plans/:id/versions/:number/pages', [VersionsController, 'pages'])
  router.get('/plans/:id/compare', [VersionsController, 'compare'])
  router.get('/plan-vocabulary', [AssessmentsController, 'vocabulary'])
  router.post('/plan-assessments', [AssessmentsController, 'assess'])
})

signedIn(() => {
  router.post('/plans', [PlansController, 'store'])
  router.patch('/plans/:id', [PlansController, 'update'])
  router.put('/plans/:id/works', [PlansController, 'works'])
  router.put('/plans/:id/parties', [PlansController, 'parties'])
  router.put('/plans/:id/versions/:number/content', [PlansController, 'content'])
  router.put('/plans/:id/organising', [PlansController, 'organise'])
  router.post('/plans/:id/rounds', [PlansController, 'nextRound'])
  router.post('/plans/:id/hand-over', [ApprovalsController, 'handOver'])
  router.post('/plans/:id/scanned-approvals', [ApprovalsController, 'scan'])
  router.post('/plans/:id/reminders', [ApprovalsController, 'remind'])
  router.get('/organisation-names', [AssessmentsController, 'organisations'])
  router.post('/plans/:id/upload', [UploadsController, 'create'])
  router.route('/plans/:id/upload/:uploadId', ['HEAD', 'PATCH', 'DELETE'], [UploadsController, 'transfer'])
  router.get('/plans/:id/uploads/:uploadId', [UploadsController, 'show'])
  router.post('/plans/:id/uploads/:uploadId/accept', [UploadsController, 'accept'])
}, ['organiser'])

signedIn(() => {
  router.post('/plans/:id/approvals', [ApprovalsController, 'decide'])
}, ['technical_head', 'supervising_engineer'])

signedIn(() => {
  router.post('/plans/:id/submissions', [ApprovalsController, 'submit'])
}, ['organiser', 'agency'])

open(() => {
  router.get('/site/:code', [SiteController, 'show'])
})
