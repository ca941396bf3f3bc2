import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import env from '#start/env'
import { Refusal } from '#core/exceptions/refusal'
import { newId } from '#core/ids'

export interface ReceivedFile {
  readonly path: string
  readonly sha256: string
  readonly size: number
}

/** Writes a request's raw body to a file, counting and hashing on the way. @throws 413 beyond `most` bytes. */
export async function receiveFile(request: IncomingMessage, most: number): Promise<ReceivedFile> {
  const path = join(env.get('VAR_DIR'), 'uploads', `${newId()}.part`)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  let size = 0
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length
      if (size > most) return done(new Refusal(413, 'E_TOO_LARGE', { most }))
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    await pipeline(request, counted, createWriteStream(path, { mode: 0o600, flush: true }))
  } catch (error) {
    await rm(path, { force: true })
    if (error instanceof Refusal) throw error
    throw new Refusal(400, 'E_CUT')
  }
  return { path, sha256: hash.digest('hex'), size }
}
