import env from '#start/env'
import { defineConfig } from '@adonisjs/core/logger'

const loggerConfig = defineConfig({
  default: 'app',
  loggers: {
    app: {
      enabled: true,
      name: 'lunzheng',
      level: env.get('LOG_LEVEL', 'warn'),
      redact: {
        paths: [
          'password',
          '*.password',
          'mobile',
          '*.mobile',
          'code',
          '*.code',
          'token',
          '*.token',
          'req.headers.cookie',
        ],
      },
    },
  },
})

export default loggerConfig

declare module '@adonisjs/core/types' {
  export interface LoggersList extends InferLoggers<typeof loggerConfig> {}
}
