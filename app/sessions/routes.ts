import router from '@adonisjs/core/services/router'
import { signedIn } from '#core/http/signed_in'

const SessionsController = () => import('#sessions/controllers/sessions_controller')
const RoomController = () => import('#sessions/controllers/room_controller')
const AttendanceController = () => import('#sessions/controllers/attendance_controller')
const MediaController = () => import('#sessions/controllers/media_controller')

signedIn(() => {
  router.get('/sessions', [SessionsController, 'index'])
  router.get('/sessions/:id', [SessionsController, 'show'])
  router.post('/sessions/:id/schedule', [SessionsController, 'schedule'])
  router.post('/sessions/:id/guests', [SessionsController, 'guest'])
  router.post('/sessions/:id/plan-opened', [SessionsController, 'planOpened'])
  router.get('/sessions/:id/snapshot', [RoomController, 'snapshot'])
  router.get('/sessions/:id/events', [RoomController, 'events'])
  router.post('/sessions/:id/operations', [RoomController, 'operate'])
  router.post('/sessions/:id/consent', [AttendanceController, 'consent'])
  router.post('/sessions/:id/sign-in', [AttendanceController, 'signIn'])
  router.get('/sessions/:id/sign-in/:userId/photo', [AttendanceController, 'photo'])
  router.get('/sessions/:id/media-token', [MediaController, 'token'])
  router.get('/sessions/:id/recording', [MediaController, 'recording'])
})
