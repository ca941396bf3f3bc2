import type { HttpContext } from '@adonisjs/core/http'
import { timestampFile } from '#ledger/queries/timestamps'

/** Daily timestamps beside the checkpoints: the list grows, what it names never changes. */
export default class TimestampsController {
  async show({ request, response }: HttpContext) {
    const path = request.url().slice('/log/'.length)
    const content = await timestampFile(path)
    response.header('x-content-type-options', 'nosniff')
    const isResponse = content !== null && path.endsWith('.tsr')
    response.header('content-type', isResponse ? 'application/timestamp-reply' : 'text/plain; charset=utf-8')
    const fixed = content !== null && path.includes('.')
    response.header('cache-control', fixed ? 'public, max-age=31536000, immutable' : 'no-cache')
    return content ? response.send(Buffer.from(content)) : response.status(404).send('no such timestamp\n')
  }
}
