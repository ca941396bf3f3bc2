import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'

export interface Input {
  /** As it is shown. */
  readonly name: string
  /** Null when there is nothing that can be read. */
  readonly bytes: Uint8Array | null
}

const KNOWN = /\.(json|pdf|zip)$/i

/**
 * What there is to verify at a path: the file itself, or in a folder every file of a known kind, however deep,
 * in a fixed order. A folder without any is reported as unreadable, never as nothing to complain of.
 */
export async function inputsOf(path: string): Promise<Input[]> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EACCES') return null
    throw error
  })
  if (!found) return [{ name: path, bytes: null }]
  if (!found.isDirectory()) return [await input(path, basename(path))]
  const names = (await readdir(path, { recursive: true })).filter((name) => KNOWN.test(name)).sort()
  if (names.length === 0) return [{ name: path, bytes: null }]
  return Promise.all(names.map((name) => input(join(path, name), name)))
}

async function input(path: string, name: string): Promise<Input> {
  return { name, bytes: new Uint8Array(await readFile(path)) }
}
