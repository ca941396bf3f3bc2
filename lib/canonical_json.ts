/**
 * Canonical JSON: RFC 8785, narrowed so that nothing can be spelt in two ways or read in two ways.
 * Numbers are safe integers (fractions and larger integers travel as strings), −0 does not exist,
 * text is well-formed Unicode in NFC, and nesting ends at 64.
 */
import { hasLoneSurrogate } from './bytes.ts'
import { fail, ok, type Result } from './result.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export type CanonicalJsonCode =
  | 'not_an_integer'
  | 'unsafe_integer'
  | 'negative_zero'
  | 'lone_surrogate'
  | 'not_nfc'
  | 'unsupported_type'
  | 'too_deep'

/** `path` names the offending place, as in `$.works[2].name`. */
export class CanonicalJsonError extends Error {
  override readonly name = 'CanonicalJsonError'
  readonly code: CanonicalJsonCode
  readonly path: string

  constructor(code: CanonicalJsonCode, path: string) {
    super(`${code} at ${path}`)
    this.code = code
    this.path = path
  }
}

export type StrictJsonError =
  | { code: 'not_json' }
  /** Valid JSON, spelt otherwise than canonically: white space, key order, a duplicate key, an escape. */
  | { code: 'not_canonical'; firstDifferenceAt: number }
  | { code: CanonicalJsonCode; path: string }

const MAX_DEPTH = 64
/** Well-formed and in NFC by its nature; most text of the ledger and the draw is. */
const ASCII = /^[\x20-\x7e]*$/

/** The one spelling of a value. Throws `CanonicalJsonError` for what the profile has no spelling for. */
export function canonicalJson(value: unknown): string {
  return write(value, '$', 0)
}

/** Reads text that is canonical already; everything that would not be written back the same is refused. */
export function parseStrictJson(text: string): Result<Json, StrictJsonError> {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    return fail({ code: 'not_json' })
  }
  let again: string
  try {
    again = canonicalJson(value)
  } catch (error) {
    if (error instanceof CanonicalJsonError) return fail({ code: error.code, path: error.path })
    throw error
  }
  if (again !== text) return fail({ code: 'not_canonical', firstDifferenceAt: firstDifference(text, again) })
  return ok(value)
}

function write(value: unknown, path: string, depth: number): string {
  if (depth > MAX_DEPTH) throw new CanonicalJsonError('too_deep', path)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return writeInteger(value, path)
  if (typeof value === 'string') return writeText(value, path)
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item, i) => write(item, `${path}[${i}]`, depth + 1)).join(',')}]`
  }
  if (typeof value === 'object' && isPlain(value)) return writeObject(value, path, depth)
  throw new CanonicalJsonError('unsupported_type', path)
}

function writeObject(value: object, path: string, depth: number): string {
  if (Object.getOwnPropertySymbols(value).length > 0) throw new CanonicalJsonError('unsupported_type', path)
  // RFC 8785 section 3.2.3: names sort by their UTF-16 code units, which is what `sort` does.
  const members = Object.keys(value)
    .sort()
    .map((key) => {
      const at = `${path}.${key}`
      return `${writeText(key, at)}:${write((value as Record<string, unknown>)[key], at, depth + 1)}`
    })
  return `{${members.join(',')}}`
}

function writeInteger(value: number, path: string): string {
  if (!Number.isInteger(value)) throw new CanonicalJsonError('not_an_integer', path)
  if (!Number.isSafeInteger(value)) throw new CanonicalJsonError('unsafe_integer', path)
  if (Object.is(value, -0)) throw new CanonicalJsonError('negative_zero', path)
  return String(value)
}

function writeText(value: string, path: string): string {
  if (ASCII.test(value)) return JSON.stringify(value)
  if (hasLoneSurrogate(value)) throw new CanonicalJsonError('lone_surrogate', path)
  if (value.normalize('NFC') !== value) throw new CanonicalJsonError('not_nfc', path)
  return JSON.stringify(value)
}

/** Dates, maps and class instances have no spelling of their own: passing one is a mistake to be told of. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function firstDifference(a: string, b: string): number {
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  return i
}
