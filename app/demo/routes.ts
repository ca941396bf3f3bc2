import router from '@adonisjs/core/services/router'
import env from '#start/env'
import { open } from '#core/http/signed_in'

const DemoController = () => import('#demo/controllers/demo_controller')

if (env.get('DEMO')) {
  open(() => {
    router.get('/demo/people', [DemoController, 'people'])
    router.get('/demo/people/:mobile/code', [DemoController, 'code'])
    router.get('/demo/outbox', [DemoController, 'outbox'])
    router.post('/demo/clock', [DemoController, 'clock'])
  })
}
