import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import type { Input } from '#lib/verify/verify_input'

const KNOWN = /\.(json|pdf|zip)$/i

/**
 * What there is to verify at a path: the file itself, or in a folder every file of a known kind and every ledger,
 * however deep, in a fixed order. A folder without any is reported as unreadable, never as nothing to complain of.
 */
export async function inputsOf(path: string): Promise<Input[]> {
  const found = await stat(path).catch(absent)
  if (!found) return [{ name: path, bytes: 'nothing_there' }]
  if (!found.isDirectory()) return [await input(path, basename(path))]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const pathOf = (entry: Dirent) => join(entry.parentPath, entry.name)
  const folders = new Set([path, ...entries.filter((entry) => entry.isDirectory()).map(pathOf)])
  const files = entries.filter((entry) => !entry.isDirectory()).map(pathOf)
  const ledgers = [...folders].filter(
    (folder) => files.includes(join(folder, 'checkpoint')) || folders.has(join(folder, 'tile'))
  )
  // Beside a ledger's files, too: none of those is of a known kind, so nothing is vouched for by its neighbours.
  const known = files.filter((file) => KNOWN.test(file))
  const all = [...ledgers, ...known].sort()
  if (all.length === 0) return [{ name: path, bytes: 'nothing_there' }]
  const nameOf = (one: string) => relative(path, one) || basename(path)
  return Promise.all(
    all.map((one) =>
      folders.has(one) ? { name: nameOf(one), ledger: fileReader(one) } : input(one, nameOf(one))
    )
  )
}

/** A file of a folder by its path in it, or null where there is none. */
export function fileReader(folder: string): (path: string) => Promise<Uint8Array | null> {
  return async (path) => {
    const content = await readFile(join(folder, path)).catch(absent)
    return content && new Uint8Array(content)
  }
}

async function input(path: string, name: string): Promise<Input> {
  const content = await readFile(path).catch(absent)
  return { name, bytes: content ? new Uint8Array(content) : 'not_readable' }
}

/** What is not there or not ours to read is said of the input; any other failure is one of the machine. */
function absent(error: NodeJS.ErrnoException): null {
  if (['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM', 'ELOOP'].includes(error.code ?? '')) return null
  throw error
}
