import { inflateSync } from 'fflate'
import { crc32 } from '../crc32.ts'
import { fail, ok, type Result } from '../result.ts'
import { placesOf, readDirectory, type ZipEntry } from './zip_directory.ts'

const MOST_FILES = 400
const MOST_BYTES = 400_000_000
const PATH = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/
/** What DEFLATE makes of a byte at most (258 bytes of two bits), so that nobody has us make room for nothing. */
const MOST_TIMES = 1032
/** No file of ours, and not a key of an object like others. */
const NO_NAME = /(^|\/)__proto__(\/|$)/

/** What is wrong with an archive as such. */
export type ZipProblem = {
  code: 'zip_unreadable' | 'zip_path' | 'zip_twice' | 'zip_too_large'
  path?: string
}

/**
 * The files of a ZIP by path. What is judged here must be what every program unpacks, so an archive that can be read in
 * two ways is refused (`zip_unreadable`): see `zip_directory.ts`, and each file ends exactly at its size with its CRC-32.
 * So are names that lead out of the folder or are none of ours, one name twice, in small or capital letters, and more
 * than any bundle holds, by what the directory declares before anything is unpacked.
 */
export function readZip(bytes: Uint8Array): Result<ReadonlyMap<string, Uint8Array>, ZipProblem> {
  const directory = readDirectory(bytes)
  if (!directory) return fail({ code: 'zip_unreadable' })
  const { entries, start } = directory
  const problem = problemOf(entries)
  if (problem) return fail(problem)
  const places = placesOf(bytes, entries, start)
  if (!places) return fail({ code: 'zip_unreadable' })
  const files = new Map<string, Uint8Array>()
  for (const entry of entries) {
    const content = contentOf(entry, places.get(entry)!)
    if (!content) return fail({ code: 'zip_unreadable', path: entry.name })
    if (!isFolder(entry)) files.set(entry.name, content)
  }
  return ok(files)
}

/** Archivers of folders note the folders themselves, as empty entries. */
function isFolder({ name }: ZipEntry): boolean {
  return name.endsWith('/')
}

function problemOf(entries: readonly ZipEntry[]): ZipProblem | null {
  const seen = new Set<string>()
  let total = 0
  for (const entry of entries) {
    const path = isFolder(entry) ? entry.name.slice(0, -1) : entry.name
    total += Math.max(entry.size, entry.compressed)
    if (!PATH.test(path) || NO_NAME.test(path)) return { code: 'zip_path', path: entry.name }
    if (seen.has(path.toLowerCase())) return { code: 'zip_twice', path: entry.name }
    if (total > MOST_BYTES || seen.size >= MOST_FILES) return { code: 'zip_too_large' }
    if (isFolder(entry) && entry.size !== 0) return { code: 'zip_unreadable', path: entry.name }
    seen.add(path.toLowerCase())
  }
  return null
}

function contentOf(entry: ZipEntry, data: Uint8Array): Uint8Array | null {
  const content = entry.deflated ? inflated(data, entry.size) : data.slice()
  return content?.length === entry.size && crc32(content) === entry.crc ? content : null
}

/** Null unless the stream ends with its last byte and gives just so many. */
function inflated(data: Uint8Array, size: number): Uint8Array | null {
  if (size > data.length * MOST_TIMES) return null
  // One byte more than declared, so that a longer file is seen as such; nothing is written beyond it.
  const room = new Uint8Array(size + 1)
  const content = inflate(data, room)
  if (content?.length !== size || inflate(data.subarray(0, -1), room)) return null
  return content.slice()
}

function inflate(data: Uint8Array, out: Uint8Array): Uint8Array | null {
  // The library takes nothing for a stream that is whole.
  if (data.length === 0) return null
  try {
    return inflateSync(data, { out })
  } catch {
    // Its words name its own states: damaged, cut, or longer than the room it was given.
    return null
  }
}
