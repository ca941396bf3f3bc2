import { defineConfig } from '@adonisjs/core/bodyparser'

export default defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  form: { convertEmptyStringsToNull: true, types: ['application/x-www-form-urlencoded'] },
  json: { convertEmptyStringsToNull: false, limit: '2mb', types: ['application/json'] },
  multipart: { autoProcess: ['/api/sessions/:id/sign-in'], types: ['multipart/form-data'] },
})
