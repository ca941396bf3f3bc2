import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { TrustError, trustOf, type Trust } from './trust.ts'

/**
 * Reads a trust file, or all of a folder. What is not there is not trusted; an absent folder is an empty one.
 * @throws TrustError when a certificate or key is malformed, or what `required` asks for is not there.
 */
export async function readTrust(path: string, { required }: { required: boolean }): Promise<Trust> {
  const files = await trustFiles(path)
  if (!files && required) throw new TrustError(path)
  return trustOf(
    await Promise.all((files ?? []).map(async (name) => ({ name, text: await readFile(name, 'utf8') })))
  )
}

async function trustFiles(path: string): Promise<string[] | null> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  })
  if (!found) return null
  if (!found.isDirectory()) return [path]
  const names = (await readdir(path)).filter((name) => /\.(json|pem|crt|vkey)$/i.test(name)).sort()
  return names.map((name) => join(path, name))
}
