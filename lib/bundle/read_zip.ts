import { unzipSync, type UnzipFileInfo } from 'fflate'
import { fail, ok, type Result } from '../result.ts'

const MOST_FILES = 400
const MOST_BYTES = 400_000_000
const PATH = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/

/** What is wrong with an archive as such. */
export type ZipProblem = {
  code: 'zip_unreadable' | 'zip_path' | 'zip_twice' | 'zip_too_large'
  path?: string
}

/**
 * The files of a ZIP by path. Refused: names that lead out of the folder or are none of ours, one name twice (programs
 * differ in which they take), and more than any bundle holds, by what the directory declares before anything is unpacked.
 */
export function readZip(bytes: Uint8Array): Result<ReadonlyMap<string, Uint8Array>, ZipProblem> {
  const seen = new Set<string>()
  let total = 0
  let problem: ZipProblem | undefined
  const filter = ({ name, originalSize }: UnzipFileInfo) => {
    total += originalSize
    if (!PATH.test(name)) problem ??= { code: 'zip_path', path: name }
    else if (seen.has(name)) problem ??= { code: 'zip_twice', path: name }
    else if (total > MOST_BYTES || seen.size >= MOST_FILES) problem ??= { code: 'zip_too_large' }
    seen.add(name)
    return problem === undefined
  }
  let files: Record<string, Uint8Array>
  try {
    files = unzipSync(bytes, { filter })
  } catch {
    // The library's words name its own states; the archive is cut or damaged.
    return fail({ code: 'zip_unreadable' })
  }
  return problem ? fail(problem) : ok(new Map(Object.entries(files)))
}
