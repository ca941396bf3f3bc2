import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import router from '@adonisjs/core/services/router'
import { healthProblems } from '#core/health'

router.get('/health', async ({ response }) => {
  await db.rawQuery('SELECT 1')
  const problems = await healthProblems()
  const isWell = problems.every(({ minor }) => minor)
  return response.status(isWell ? 200 : 503).send({ ok: isWell, problems })
})

/**
 * Pages are one web application; an unknown page is its business. A missing file of the build is not: a
 * tab that was open over a release must get 404, not a page in place of a script.
 */
router.get('*', async ({ request, response }) => {
  const path = request.url()
  if (/^\/(api|_app|log\/tile|pki|hooks|socket\.io)(\/|$)/.test(path)) {
    return response.status(404).send({ error: { code: 'E_NOT_FOUND', params: {} } })
  }
  response.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-cache')
  return response.send(await readFile(app.makePath('frontend/build/200.html')))
})
