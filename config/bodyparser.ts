import { defineConfig } from '@adonisjs/core/bodyparser'

export default defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  form: { convertEmptyStringsToNull: true, types: ['application/x-www-form-urlencoded'] },
  json: { convertEmptyStringsToNull: false, limit: '2mb', types: ['application/json'] },
  // Files come as raw bodies, read by the route that has checked who sends them.
  multipart: { autoProcess: false, types: ['multipart/form-data'] },
})
