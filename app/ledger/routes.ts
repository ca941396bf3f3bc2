import router from '@adonisjs/core/services/router'
import { open } from '#core/http/signed_in'

const LedgerController = () => import('#ledger/controllers/ledger_controller')

open(() => {
  router.get('/ledger/head', [LedgerController, 'head'])
  router.get('/ledger/inclusion', [LedgerController, 'inclusion'])
  router.get('/ledger/consistency', [LedgerController, 'consistency'])
})
