import router from '@adonisjs/core/services/router'
import { open, signedIn } from '#core/http/signed_in'

const SignInController = () => import('#identity/controllers/sign_in_controller')
const PasswordResetController = () => import('#identity/controllers/password_reset_controller')
const SessionController = () => import('#identity/controllers/session_controller')
const AccountController = () => import('#identity/controllers/account_controller')
const OfficeCapacitiesController = () => import('#identity/controllers/office_capacities_controller')

open(() => {
  router.get('/session', [SessionController, 'show'])
  router.post('/sign-in', [SignInController, 'password'])
  router.post('/sign-in/totp', [SignInController, 'totp'])
  router.post('/sign-out', [SessionController, 'destroy'])
  router.post('/password-reset/request', [PasswordResetController, 'request'])
  router.post('/password-reset/confirm', [PasswordResetController, 'confirm'])
})

signedIn(() => {
  router.post('/session/capacity', [SessionController, 'capacity'])
  router.get('/account', [AccountController, 'show'])
  router.patch('/account', [AccountController, 'update'])
  router.get('/account/reveals', [AccountController, 'reveals'])
})

signedIn(() => {
  router.get('/office-capacities', [OfficeCapacitiesController, 'index'])
  router.post('/office-capacities/:id/confirm', [OfficeCapacitiesController, 'confirm'])
  router.post('/office-capacities/:id/end', [OfficeCapacitiesController, 'end'])
}, ['security_admin'])
