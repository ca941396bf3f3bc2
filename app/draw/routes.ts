import router from '@adonisjs/core/services/router'
import { open, signedIn } from '#core/http/signed_in'

const DrawsController = () => import('#draw/controllers/draws_controller')
const DrawChecksController = () => import('#draw/controllers/draw_checks_controller')
const PanelController = () => import('#draw/controllers/panel_controller')
const InvitationsController = () => import('#draw/controllers/invitations_controller')
const DeparturesController = () => import('#draw/controllers/departures_controller')
const OwnDrawsController = () => import('#draw/controllers/own_draws_controller')
const ExpertServiceController = () => import('#draw/controllers/expert_service_controller')
const NearPlansController = () => import('#draw/controllers/near_plans_controller')
const PublicDrawsController = () => import('#draw/controllers/public_draws_controller')

signedIn(() => {
  router.get('/draws', [DrawsController, 'index'])
  router.get('/reviews/:reviewId/draw', [DrawsController, 'preview'])
  router.get('/draws/:id', [DrawsController, 'show'])
  router.get('/draws/:id/evidence', [DrawsController, 'evidence'])
  router.get('/draws/:id/events', [DrawsController, 'events'])
}, ['organiser', 'agency', 'centre', 'authority', 'auditor'])

signedIn(() => {
  router.post('/reviews/:reviewId/draw', [DrawsController, 'start'])
  router.post('/draws/:id/invitations', [PanelController, 'invite'])
  router.post('/draws/:id/panel/check', [PanelController, 'check'])
  router.post('/draws/:id/panel', [PanelController, 'confirm'])
}, ['organiser', 'agency'])

signedIn(() => {
  router.post('/draws/:id/seats/:seatId/contact', [PanelController, 'contact'])
  router.post('/draws/:id/seats/:seatId/call-outs', [PanelController, 'call'])
}, ['organiser', 'agency', 'centre'])

signedIn(() => {
  router.get('/draw-departures', [DeparturesController, 'index'])
  router.get('/draws/:id/checks', [DrawChecksController, 'index'])
  router.get('/library/experts/:expertId/service', [ExpertServiceController, 'index'])
  router.get('/near-plans', [NearPlansController, 'index'])
  router.get('/near-plans/:nearId', [NearPlansController, 'show'])
}, ['centre', 'authority', 'auditor'])

signedIn(() => {
  router.post('/draws/:id/checks', [DrawChecksController, 'store'])
  router.post('/library/experts/:expertId/service', [ExpertServiceController, 'store'])
  router.post('/near-plans/:nearId/answer', [NearPlansController, 'answer'])
}, ['centre'])

signedIn(() => {
  router.get('/own-draws', [OwnDrawsController, 'index'])
  router.get('/own-draws/:drawId', [OwnDrawsController, 'show'])
  router.get('/invitations', [InvitationsController, 'index'])
  router.get('/invitations/:seatId', [InvitationsController, 'show'])
  router.post('/invitations/:seatId/answer', [InvitationsController, 'answer'])
  router.post('/invitations/:seatId/call-outs/:callId', [InvitationsController, 'respond'])
}, ['expert'])

open(() => {
  router.post('/invitation-links/show', [InvitationsController, 'showByLink'])
  router.post('/invitation-links/answer', [InvitationsController, 'answerByLink'])
  router.get('/public/draws/:number', [PublicDrawsController, 'show'])
  router.get('/public/draws/:number/evidence', [PublicDrawsController, 'evidence'])
  router.get('/public/draws/:number/events', [PublicDrawsController, 'events'])
  router.get('/public/draw-keys', [PublicDrawsController, 'keys'])
})
