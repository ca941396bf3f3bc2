import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'

server.errorHandler(() => import('#core/exceptions/handler'))

server.use([() => import('#core/middleware/web_app_middleware')])

router.use([
  () => import('@adonisjs/core/bodyparser_middleware'),
  () => import('#core/middleware/plain_text_middleware'),
  () => import('#core/middleware/browser_middleware'),
  () => import('@adonisjs/auth/initialize_auth_middleware'),
])

export const middleware = router.named({
  actor: () => import('#identity/middleware/actor_middleware'),
  once: () => import('#core/middleware/idempotency_middleware'),
  noStore: () => import('#core/middleware/no_store_middleware'),
})
