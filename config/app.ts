import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/core/http'

export const http = defineConfig({
  generateRequestId: true,
  allowMethodSpoofing: false,
  useAsyncLocalStorage: false,
  trustProxy: () => app.inProduction,
  cookie: {
    path: '/',
    httpOnly: true,
    secure: env.get('PUBLIC_URL').startsWith('https:'),
    sameSite: 'lax',
  },
})
