import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { basename, join } from 'node:path'

const LONGEST_RANGE = 1024 * 1024

/** Serves the meeting page, livekit-client, and finished recordings under /files with ranges. */
export async function serveTestPages(
  root: string,
  recordings: () => string
): Promise<{ server: Server; address: string }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (path === '/livekit-client.js') {
      response.setHeader('content-type', 'text/javascript')
      createReadStream(join(root, 'node_modules/livekit-client/dist/livekit-client.umd.js')).pipe(response)
      return
    }
    if (path === '/player') {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><video muted></video>')
      return
    }
    if (path.startsWith('/files/')) {
      void sendRange(join(recordings(), basename(path)), request.headers.range, response)
      return
    }
    response.setHeader('content-type', 'text/html')
    void readFile(join(root, 'tests/media/support/page.html')).then((page) => response.end(page))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { server, address: `http://127.0.0.1:${address.port}` }
}

async function sendRange(
  file: string,
  range: string | undefined,
  response: import('node:http').ServerResponse
) {
  const { size } = await stat(file)
  const from = Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0)
  const to = Math.min(size - 1, from + LONGEST_RANGE - 1)
  response.writeHead(206, {
    'content-type': 'video/webm',
    'accept-ranges': 'bytes',
    'content-length': to - from + 1,
    'content-range': `bytes ${from}-${to}/${size}`,
  })
  createReadStream(file, { start: from, end: to }).pipe(response)
}
