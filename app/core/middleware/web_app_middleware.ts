import app from '@adonisjs/core/services/app'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import sirv from 'sirv'

const HASHED = '/_app/immutable/'

/** The built web app, compressed at build time. Files with a hash in their name may be kept for ever. */
const serve = sirv(app.makePath('frontend/build'), {
  brotli: true,
  gzip: true,
  etag: true,
  dotfiles: false,
  // The fallback page is a route, since only pages may fall back to it.
  ignores: false,
  setHeaders: (response, pathname) => {
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader(
      'cache-control',
      pathname.startsWith(HASHED) ? 'public, max-age=31536000, immutable' : 'no-cache'
    )
  },
})

export default class WebAppMiddleware {
  async handle({ request, response }: HttpContext, next: NextFn) {
    const reads = request.method() === 'GET' || request.method() === 'HEAD'
    if (!reads || !isFile(request.url())) return next()
    const served = await new Promise<boolean>((resolve) => {
      response.response.once('close', () => resolve(true))
      serve(request.request, response.response, () => resolve(false))
    })
    if (!served) return next()
  }
}

/** Routes of the API are never files, and a page's address has no dot in its last part. */
function isFile(path: string): boolean {
  return !/^\/(api|pki|hooks|health)(\/|$)/.test(path) && /\.[a-z0-9]+$/i.test(path)
}
