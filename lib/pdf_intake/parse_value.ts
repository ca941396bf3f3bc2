import type { Token, Tokens } from './tokens.ts'

/** A PDF value as a guard needs it: what is no name, number, reference, list or dictionary is `null`. */
export type PdfValue = null | number | { name: string } | { ref: number } | PdfValue[] | Map<string, PdfValue>

/** Deeper than any honest file; below it values are dropped and only their end is looked for. */
const DEEPEST = 100

/** Reads one value; `stop` is the keyword or the end that stood where a value was expected, if one did. */
export function parseValue(tokens: Tokens, depth = 0): { value: PdfValue; stop: Token | null } {
  const token = tokens.next()
  if (token.kind === 'name') return { value: { name: token.text }, stop: null }
  if (token.kind === 'number') return { value: numberOrReference(tokens, token.value), stop: null }
  if (token.kind === 'open') return { value: dictionary(tokens, depth + 1), stop: null }
  if (token.kind === 'array') return { value: list(tokens, depth + 1), stop: null }
  if (token.kind === 'string') return { value: null, stop: null }
  if (token.kind === 'word' && ['null', 'true', 'false'].includes(token.text))
    return { value: null, stop: null }
  return { value: null, stop: token }
}

function numberOrReference(tokens: Tokens, value: number): PdfValue {
  const before = tokens.position
  const generation = tokens.next()
  if (generation.kind === 'number') {
    const word = tokens.next()
    if (word.kind === 'word' && word.text === 'R') return { ref: value }
  }
  tokens.position = before
  return value
}

function dictionary(tokens: Tokens, depth: number): Map<string, PdfValue> {
  const found = new Map<string, PdfValue>()
  for (;;) {
    const before = tokens.position
    const key = tokens.next()
    if (key.kind === 'close' || key.kind === 'end') return found
    if (endsObject(key)) {
      tokens.position = before
      return found
    }
    if (key.kind !== 'name') continue
    const { value, stop } = parseValue(tokens, depth)
    // The last of two equal keys counts for most readers, the first for some: the guard keeps both.
    if (depth < DEEPEST) found.set(found.has(key.text) ? `${key.text}\u0000${found.size}` : key.text, value)
    if (stop === null) continue
    if (stop.kind === 'close' || stop.kind === 'end') return found
    if (endsObject(stop)) return found
  }
}

function list(tokens: Tokens, depth: number): PdfValue[] {
  const found: PdfValue[] = []
  for (;;) {
    const { value, stop } = parseValue(tokens, depth)
    if (stop === null) {
      if (depth < DEEPEST) found.push(value)
      continue
    }
    if (stop.kind === 'end_array' || stop.kind === 'end' || endsObject(stop)) return found
  }
}

function endsObject(token: Token): boolean {
  return token.kind === 'word' && (token.text === 'endobj' || token.text === 'stream' || token.text === 'obj')
}

/** A key's value, also where the key stands twice: the first that is there. */
export function valueOf(value: PdfValue, key: string): PdfValue {
  return value instanceof Map ? (value.get(key) ?? null) : null
}

export function nameOf(value: PdfValue): string | null {
  return value !== null && typeof value === 'object' && 'name' in value && !(value instanceof Map)
    ? (value as { name: string }).name
    : null
}

/** Every name and every key below a value, with the dictionary it stands in. */
export function* namesIn(value: PdfValue): Generator<string> {
  if (value === null || typeof value === 'number') return
  if (Array.isArray(value)) {
    for (const entry of value) yield* namesIn(entry)
    return
  }
  if (value instanceof Map) {
    for (const [key, entry] of value) {
      yield key.split('\u0000')[0]!
      yield* namesIn(entry)
    }
    return
  }
  if ('name' in value) yield value.name
}
