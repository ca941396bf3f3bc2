import { sha256, toHex, utf8 } from '../bytes.ts'

/** SHA-256, in hex, of a channel's state spelt with sorted keys: equal screens have equal hashes. */
export function stateHash(state: unknown): string {
  return toHex(sha256(utf8(spell(state))))
}

/** ECMAScript spells a number in one way only, so fractions of a region need no rounding here. */
function spell(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  if (Array.isArray(value)) return `[${value.map(spell).join(',')}]`
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${spell(entry)}`).join(',')}}`
}
