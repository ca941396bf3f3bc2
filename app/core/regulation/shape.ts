/**
 * Readers for foreign JSON: each takes a value and its path and gives it back typed, or throws a
 * `ShapeError` that names the place. `readShape` turns that into a result for callers.
 */
import { fail, ok, type Result } from '#lib/result'

export type ShapeCode =
  | 'missing'
  | 'unknown_key'
  | 'wrong_type'
  | 'out_of_range'
  | 'not_allowed'
  | 'duplicate'
  | 'unknown_reference'

export type ShapeFault = { code: ShapeCode; path: string; expected?: string }

export class ShapeError extends Error {
  readonly fault: ShapeFault
  constructor(code: ShapeCode, path: string, expected?: string) {
    super(`${code} at ${path}`)
    this.fault = expected === undefined ? { code, path } : { code, path, expected }
  }
}

export type Reader<T> = (value: unknown, path: string) => T
export type Read<R> = R extends Reader<infer T> ? T : never

/** Reads a whole document; the first fault found is the error. */
export function readShape<T>(reader: Reader<T>, value: unknown): Result<T, ShapeFault> {
  try {
    return ok(reader(value, '$'))
  } catch (error) {
    if (error instanceof ShapeError) return fail(error.fault)
    throw error
  }
}

export const text: Reader<string> = (value, path) => {
  if (typeof value !== 'string') throw new ShapeError('wrong_type', path, 'text')
  if (value.trim() === '') throw new ShapeError('out_of_range', path, 'text that is not empty')
  return value
}

export const boolean: Reader<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new ShapeError('wrong_type', path, 'true or false')
  return value
}

export function integer(minimum: number, maximum: number): Reader<number> {
  return (value, path) => {
    if (!Number.isSafeInteger(value)) throw new ShapeError('wrong_type', path, 'integer')
    if ((value as number) < minimum || (value as number) > maximum) {
      throw new ShapeError('out_of_range', path, `${minimum} to ${maximum}`)
    }
    return value as number
  }
}

export function matching(pattern: RegExp): Reader<string> {
  return (value, path) => {
    const read = text(value, path)
    if (!pattern.test(read)) throw new ShapeError('not_allowed', path, String(pattern))
    return read
  }
}

export function oneOf<const T extends readonly string[]>(...allowed: T): Reader<T[number]> {
  return (value, path) => {
    const read = text(value, path)
    if (!allowed.includes(read)) throw new ShapeError('not_allowed', path, allowed.join(', '))
    return read
  }
}

export function nullable<T>(reader: Reader<T>): Reader<T | null> {
  return (value, path) => (value === null ? null : reader(value, path))
}

export function list<T>(reader: Reader<T>, minimum = 0): Reader<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new ShapeError('wrong_type', path, 'list')
    if (value.length < minimum) throw new ShapeError('out_of_range', path, `at least ${minimum}`)
    return value.map((item, i) => reader(item, `${path}[${i}]`))
  }
}

type Fields = Record<string, Reader<unknown>>
type Optional<F extends Fields> = Partial<{ [K in keyof F]: Read<F[K]> }>

/** An object with exactly these keys; those of `optional` may be absent, any other key is a fault. */
export function object<F extends Fields, O extends Fields = Record<never, never>>(
  fields: F,
  optional?: O
): Reader<{ [K in keyof F]: Read<F[K]> } & Optional<O>> {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ShapeError('wrong_type', path, 'object')
    }
    const source = value as Record<string, unknown>
    const stray = Object.keys(source).find((key) => !Object.hasOwn(fields, key) && !has(optional, key))
    if (stray !== undefined) throw new ShapeError('unknown_key', `${path}.${stray}`)
    const read: Record<string, unknown> = {}
    for (const [key, reader] of Object.entries(fields)) {
      if (!Object.hasOwn(source, key)) throw new ShapeError('missing', `${path}.${key}`)
      read[key] = reader(source[key], `${path}.${key}`)
    }
    for (const [key, reader] of Object.entries(optional ?? {})) {
      if (Object.hasOwn(source, key)) read[key] = reader(source[key], `${path}.${key}`)
    }
    return read as { [K in keyof F]: Read<F[K]> } & Optional<O>
  }
}

function has(fields: Fields | undefined, key: string): boolean {
  return fields !== undefined && Object.hasOwn(fields, key)
}
