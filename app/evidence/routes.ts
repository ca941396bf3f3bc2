import router from '@adonisjs/core/services/router'
import { signedIn } from '#core/http/signed_in'

const BundlesController = () => import('#evidence/controllers/bundles_controller')

signedIn(() => {
  router.post('/reviews/:reviewId/evidence-bundle', [BundlesController, 'store'])
})
