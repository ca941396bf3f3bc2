import { defineConfig } from '@adonisjs/core/bodyparser'

export default defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  form: { convertEmptyStringsToNull: true, types: ['application/x-www-form-urlencoded'] },
  json: { convertEmptyStringsToNull: false, limit: '2mb', types: ['application/json'] },
  multipart: { autoProcess: false, processManually: ['*'], types: ['multipart/form-data'] },
})
