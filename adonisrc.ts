import { defineConfig } from '@adonisjs/core/app'

export default defineConfig({
  directories: { commands: 'app/commands', public: 'frontend/build' },
  commands: [() => import('@adonisjs/core/commands'), () => import('@adonisjs/lucid/commands')],
  providers: [
    () => import('@adonisjs/core/providers/app_provider'),
    () => import('@adonisjs/core/providers/hash_provider'),
    { file: () => import('@adonisjs/core/providers/repl_provider'), environment: ['repl', 'test'] },
    () => import('@adonisjs/core/providers/vinejs_provider'),
    () => import('@adonisjs/lucid/database_provider'),
    () => import('@adonisjs/session/session_provider'),
    () => import('@adonisjs/shield/shield_provider'),
    () => import('@adonisjs/auth/auth_provider'),
    () => import('@adonisjs/limiter/limiter_provider'),
    () => import('#app/pki/providers/authority_provider'),
    () => import('#app/messages/providers/deadlines_provider'),
    () => import('#app/sessions/providers/realtime_provider'),
  ],
  preloads: [() => import('#start/routes'), () => import('#start/kernel'), () => import('#start/events')],
  metaFiles: [{ pattern: 'resources/**/*', reloadServer: false }],
})
