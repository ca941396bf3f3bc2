import { canonicalJson, type Json } from '#lib/canonical_json'
import { sha256, toHex, utf8 } from '#lib/bytes'

/**
 * How a database value stands in an entry. Canonical JSON knows safe integers only, so a fraction is
 * spelt {"$n": "13.8"} and a date as ISO text with milliseconds. The same function spells a row when the
 * log is compared with the tables, so equal rows are equal text.
 */
export function ledgerValue(value: unknown): Json {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? (value === 0 ? 0 : value) : { $n: String(value) }
  if (typeof value === 'boolean' || typeof value === 'string') return value
  if (value instanceof Uint8Array) return { $sha256: toHex(sha256(value)) }
  if (Array.isArray(value)) return value.map(ledgerValue)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .map(([key, entry]) => [key, ledgerValue(entry)])
  )
}

/** Secrets and personal data enter the log as a digest: comparable, not readable (SEC-1). */
export function ledgerDigest(value: unknown): Json {
  if (value === null || value === undefined) return null
  return digestOf(typeof value === 'object' ? canonicalJson(ledgerValue(value)) : String(value))
}

/** Earlier versions took an object for its name: of those entries nobody can say which document they meant. */
const NAMELESS = digestOf(String({})).$digest

/** Whether an entry's digest is that of a value. */
export function isDigestOf(digest: unknown, value: unknown): boolean {
  const told = (digest as { $digest?: unknown } | null)?.$digest ?? null
  if (value === null || value === undefined) return told === null
  if (told === NAMELESS && typeof value === 'object') return true
  try {
    return told === (ledgerDigest(value) as { $digest: string }).$digest
  } catch {
    // It has no canonical spelling, hence no entry.
    return false
  }
}

function digestOf(text: string): { $digest: string } {
  return { $digest: toHex(sha256(utf8(`lunzheng/column\n${text}`))) }
}
