import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { HttpContext } from '@adonisjs/core/http'
import { parseTilePath } from '#lib/tlog/tiles'
import { latestCheckpoint, ledgerProblem } from '#ledger/queries/checkpoints'
import { tileContent } from '#ledger/queries/tile_content'

const compress = promisify(gzip)

/** The log as C2SP tlog-tiles has it: anyone may read it, and anything between may keep it. */
export default class TilesController {
  async checkpoint({ response }: HttpContext) {
    response.header('x-content-type-options', 'nosniff')
    response.header('cache-control', 'no-cache')
    response.header('content-type', 'text/plain; charset=utf-8')
    // A log that stopped shows no head: what it would show is not what it signed.
    const checkpoint = (await ledgerProblem()) ? null : await latestCheckpoint()
    if (!checkpoint) return response.status(503).send('no checkpoint\n')
    return response.send(checkpoint.note)
  }

  async tile({ request, response }: HttpContext) {
    response.header('x-content-type-options', 'nosniff')
    const tile = parseTilePath(request.url().slice('/log/'.length))
    const content = tile ? await tileContent(tile) : null
    if (!tile || !content) {
      response.header('cache-control', 'no-cache').header('content-type', 'text/plain; charset=utf-8')
      return response.status(404).send('no such tile\n')
    }
    response.header('cache-control', 'public, max-age=31536000, immutable')
    response.header('content-type', 'application/octet-stream')
    if (tile.level !== 'entries') return response.send(Buffer.from(content))
    response.header('vary', 'accept-encoding')
    if (!request.encoding(['gzip'])) return response.send(Buffer.from(content))
    response.header('content-encoding', 'gzip')
    return response.send(await compress(content))
  }
}
