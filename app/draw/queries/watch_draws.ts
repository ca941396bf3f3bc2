import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { PassThrough } from 'node:stream'

const LOOK_EVERY_MS = 500
const KEEP_ALIVE_MS = 15_000
/** Open pages of one address: an office's, not a program's. */
const MOST_OF_ONE_ADDRESS = 100

interface Watcher {
  readonly drawId: string
  readonly address: string
  readonly stream: PassThrough
  revision: number
  lastSent: number
}

const watchers = new Set<Watcher>()
let timer: NodeJS.Timeout | null = null

/**
 * Server-sent events of one draw: each says that there is something new, and the page then reads what its
 * reader may see. One look at the database serves all open pages of this process; other processes' writes
 * are seen alike. Null where the address has too many open already.
 */
export function watchDraw(drawId: string, revision: number, address: string): PassThrough | null {
  const open = [...watchers].filter((one) => one.address === address).length
  if (open >= MOST_OF_ONE_ADDRESS) return null
  const stream = new PassThrough()
  const watcher = { drawId, address, stream, revision: -1, lastSent: 0 }
  watchers.add(watcher)
  stream.once('close', () => watchers.delete(watcher))
  send(watcher, revision)
  if (!timer) look()
  return stream
}

export function stopWatching(): void {
  if (timer) clearTimeout(timer)
  timer = null
  for (const { stream } of watchers) stream.end()
  watchers.clear()
}

function look(): void {
  timer = setTimeout(() => {
    readRevisions()
      .catch((error) => logger.error({ err: error }, 'watching draws'))
      .then(() => {
        if (watchers.size > 0) look()
        else timer = null
      })
  }, LOOK_EVERY_MS)
}

async function readRevisions(): Promise<void> {
  const ids = [...new Set([...watchers].map(({ drawId }) => drawId))]
  if (ids.length === 0) return
  const rows = await db.from('draws').whereIn('id', ids).select('id', 'revision')
  const revisions = new Map(rows.map(({ id, revision }) => [id, revision]))
  for (const watcher of watchers) {
    const revision = revisions.get(watcher.drawId)
    if (revision !== undefined && revision !== watcher.revision) send(watcher, revision)
    else if (Date.now() - watcher.lastSent > KEEP_ALIVE_MS) write(watcher, ': still here\n\n')
  }
}

function send(watcher: Watcher, revision: number): void {
  watcher.revision = revision
  write(watcher, `event: changed\ndata: ${JSON.stringify({ revision })}\n\n`)
}

function write(watcher: Watcher, text: string): void {
  watcher.lastSent = Date.now()
  watcher.stream.write(text)
}
