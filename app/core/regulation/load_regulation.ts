import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sha256, toHex, utf8 } from '#lib/bytes'
import { canonicalJson } from '#lib/canonical_json'
import { fail, type Result } from '#lib/result'
import { checkReferences } from './references.ts'
import { readShape, type ShapeFault } from './shape.ts'
import { type Regulation, regulationFile } from './types.ts'

export type RegulationError =
  ShapeFault | { code: 'not_json'; path: string } | { code: 'not_found'; path: string }

const DIRECTORY = fileURLToPath(new URL('../../../resources/regulations/', import.meta.url))

/**
 * Checks a parsed regulation file strictly. The hash is SHA-256 over its canonical JSON, in lower-case hex:
 * white space and the order of keys don't change it, a value does.
 */
export function parseRegulation(json: unknown): Result<Regulation, ShapeFault> {
  return readShape((value, path) => {
    const file = regulationFile(value, path)
    checkReferences(file)
    return deepFreeze({ ...file, hash: toHex(sha256(utf8(canonicalJson(json)))) })
  }, json)
}

/** Reads `<directory>/<id>.json`. An id is lower-case letters, digits and underscores only. */
export async function loadRegulation(
  id: string,
  directory = DIRECTORY
): Promise<Result<Regulation, RegulationError>> {
  const json = await readRegulationJson(id, directory)
  return json.ok ? parseRegulation(json.value) : json
}

/** The file as it stands, for those who lay corrections over it before it is parsed. */
export async function readRegulationJson(
  id: string,
  directory = DIRECTORY
): Promise<Result<unknown, RegulationError>> {
  if (!/^[a-z][a-z0-9_]*$/.test(id) || id === 'rules') return fail({ code: 'not_found', path: id })
  let content: string
  try {
    content = await readFile(join(directory, `${id}.json`), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return fail({ code: 'not_found', path: id })
    throw error
  }
  try {
    return { ok: true, value: JSON.parse(content) as unknown }
  } catch {
    return fail({ code: 'not_json', path: `${id}.json` })
  }
}

/** A pinned regulation is shared by every request; nobody may change it in passing. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}
