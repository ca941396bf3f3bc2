import router from '@adonisjs/core/services/router'
import { open, signedIn } from '#core/http/signed_in'

const ReportsController = () => import('#reports/controllers/reports_controller')
const SigningController = () => import('#reports/controllers/signing_controller')
const PublicReportsController = () => import('#reports/controllers/public_reports_controller')

signedIn(() => {
  router.get('/reports', [ReportsController, 'index'])
  router.get('/reports/:id', [ReportsController, 'show'])
  router.get('/reports/:id/file', [ReportsController, 'file'])
  router.get('/reports/:id/build', [ReportsController, 'build'])
})

signedIn(() => {
  router.put('/reports/:id/texts', [ReportsController, 'texts'])
  router.post('/reports/:id/certify', [ReportsController, 'certify'])
  router.post('/reports/:id/sign/prepare', [SigningController, 'prepare'])
  router.post('/reports/:id/sign/complete', [SigningController, 'complete'])
  router.post('/reports/:id/sign/drop', [SigningController, 'drop'])
  router.post('/reports/:id/refusal', [SigningController, 'refuse'])
}, ['expert'])

open(() => {
  router.get('/public/reports/:code', [PublicReportsController, 'show'])
  router.get('/public/report-files', [PublicReportsController, 'byDigest'])
})
