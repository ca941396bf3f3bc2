import router from '@adonisjs/core/services/router'
import { signedIn } from '#core/http/signed_in'

const MessagesController = () => import('#messages/controllers/messages_controller')
const HomeController = () => import('#messages/controllers/home_controller')

signedIn(() => {
  router.get('/home', [HomeController, 'show'])
  router.get('/messages', [MessagesController, 'index'])
  router.post('/messages/read', [MessagesController, 'read'])
})
