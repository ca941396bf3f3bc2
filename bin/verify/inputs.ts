import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import type { Input } from '#lib/verify/verify_input'

const KNOWN = /\.(json|pdf|zip)$/i

/**
 * What there is to verify at a path: the file itself, or in a folder every file of a known kind, however deep,
 * in a fixed order. A folder without any is reported as unreadable, never as nothing to complain of.
 */
export async function inputsOf(path: string): Promise<Input[]> {
  const found = await stat(path).catch(absent)
  if (!found) return [{ name: path, bytes: 'nothing_there' }]
  if (!found.isDirectory()) return [await input(path, basename(path))]
  const files = (await readdir(path, { recursive: true, withFileTypes: true })).filter(
    (entry) => !entry.isDirectory() && KNOWN.test(entry.name)
  )
  if (files.length === 0) return [{ name: path, bytes: 'nothing_there' }]
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort()
  return Promise.all(paths.map((file) => input(file, relative(path, file))))
}

async function input(path: string, name: string): Promise<Input> {
  const content = await readFile(path).catch(absent)
  return { name, bytes: content ? new Uint8Array(content) : 'not_readable' }
}

/** What is not there or not ours to read is said of the input; any other failure is one of the machine. */
function absent(error: NodeJS.ErrnoException): null {
  if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP'].includes(error.code ?? '')) return null
  throw error
}
