import type { LedgerFinding } from '#ledger/public'

/** Where the log or the tables are no longer what they were. Several names: whichever of them is found first. */
export type Place =
  | { readonly index: number }
  | { readonly table: string; readonly ids: readonly string[] }
  | { readonly checkpoints: readonly number[] }
  | { readonly streams: readonly string[] }
  | { readonly node: string }
  | { readonly head: true }

export type Statement = readonly [sql: string, values?: readonly unknown[]]

export interface Tampering {
  readonly what: string
  readonly place: Place
  readonly statements: readonly Statement[]
  /** Whose constraints the tamperer drops where they are in the way. */
  readonly table: string
}

export type Random = (below: number) => number

export function oneOf<T>(values: readonly T[], random: Random): T {
  return values[random(values.length)]!
}

/** Null when what was found is what was done; else how the two differ. */
export function missedBy(place: Place, findings: readonly LedgerFinding[]): string | null {
  const [first] = findings
  if (!first) return 'nothing found'
  return isAt(place, first, findings) ? null : `found ${JSON.stringify(first)}`
}

function isAt(place: Place, first: LedgerFinding, all: readonly LedgerFinding[]): boolean {
  if ('index' in place) return 'index' in first && first.index === place.index && !('level' in first)
  if ('checkpoints' in place) return 'size' in first && place.checkpoints.includes(first.size)
  if ('streams' in place) return 'stream' in first && place.streams.includes(first.stream)
  if ('node' in place) return 'level' in first && `${first.level}/${first.index}` === place.node
  if ('head' in place) return first.code === 'head_differs'
  const rows = all.map((one) => ('table' in one ? `${one.table} ${one.id}` : one.code))
  return sameSet(
    rows,
    place.ids.map((id) => `${place.table} ${id}`)
  )
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a), new Set(b)]
  return left.size === right.size && [...left].every((one) => right.has(one))
}
