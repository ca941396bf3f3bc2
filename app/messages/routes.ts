import router from '@adonisjs/core/services/router'
import { signedIn } from '#core/http/signed_in'

const MessagesController = () => import('#messages/controllers/messages_controller')
const FeedbackController = () => import('#messages/controllers/feedback_controller')
const HomeController = () => import('#messages/controllers/home_controller')

signedIn(() => {
  router.get('/home', [HomeController, 'show'])
  router.get('/messages', [MessagesController, 'index'])
  router.post('/messages/read', [MessagesController, 'read'])
  router.get('/feedback', [FeedbackController, 'index'])
  router.post('/feedback', [FeedbackController, 'store'])
})

signedIn(() => {
  router.post('/feedback/:id/answer', [FeedbackController, 'answer'])
}, ['system_admin'])
