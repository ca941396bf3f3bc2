import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import env from '#start/env'
import { newId } from '#core/ids'

/** Files by their SHA-256: what has been stored never changes under its name. */
function pathOf(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('Not a SHA-256 in lower-case hex')
  return join(env.get('VAR_DIR'), 'blobs', 'sha256', sha256.slice(0, 2), sha256)
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    }
  )
}

/** Stores bytes and returns their SHA-256 in hex. Durable when it returns. */
export async function putBlob(bytes: Uint8Array): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const target = pathOf(sha256)
  if (await exists(target)) return sha256
  await mkdir(dirname(target), { recursive: true })
  const temporary = `${target}.${newId()}.part`
  const file = await open(temporary, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, target)
  return sha256
}

/** Takes over a finished file whose digest the caller has computed while reading all of it. */
export async function adoptBlob(temporaryPath: string, sha256: string): Promise<void> {
  const target = pathOf(sha256)
  await mkdir(dirname(target), { recursive: true })
  await rename(temporaryPath, target)
}

/** @throws ENOENT when there is no such blob. */
export async function getBlob(sha256: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(pathOf(sha256)))
}

/** The file behind a digest, for tools that read by name and for range requests. */
export function blobPath(sha256: string): string {
  return pathOf(sha256)
}

export function blobStream(sha256: string, range?: { start: number; end: number }) {
  return createReadStream(pathOf(sha256), range)
}
