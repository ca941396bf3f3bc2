import router from '@adonisjs/core/services/router'
import { open, signedIn } from '#core/http/signed_in'

const LedgerController = () => import('#ledger/controllers/ledger_controller')
const TilesController = () => import('#ledger/controllers/tiles_controller')
const TimestampsController = () => import('#ledger/controllers/timestamps_controller')
const VerificationsController = () => import('#ledger/controllers/verifications_controller')

open(() => {
  router.get('/ledger/head', [LedgerController, 'head'])
  router.get('/public/log', [LedgerController, 'standing'])
  router.get('/ledger/inclusion', [LedgerController, 'inclusion'])
  router.get('/ledger/consistency', [LedgerController, 'consistency'])
})

// C2SP tlog-tiles: static resources below one prefix, for tools that nobody here wrote.
router.get('/log/checkpoint', [TilesController, 'checkpoint'])
router.get('/log/tile/*', [TilesController, 'tile'])
router.get('/log/timestamps/*', [TimestampsController, 'show'])

signedIn(() => {
  router.get('/ledger/verifications', [VerificationsController, 'index'])
}, ['auditor', 'authority', 'centre'])

signedIn(() => {
  router.post('/ledger/verifications', [VerificationsController, 'store'])
}, ['auditor'])
