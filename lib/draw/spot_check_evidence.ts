import { isHex } from '../bytes.ts'
import { isOpenedPlace, type OpenedPlace } from './ledger_place.ts'
import { exactFields, isHash, isIntegerBetween, isText } from './read.ts'
import { MAX_SAMPLE } from './spot_check_protocol.ts'
import type { Sampled } from './spot_check.ts'

export const SPOT_CHECK_FORMAT = 'lunzheng-spot-check-evidence/1'

/** Everything that recomputes a spot check. It is written as canonical JSON. */
export type SpotCheckEvidence = {
  readonly format: typeof SPOT_CHECK_FORMAT
  readonly occasion: string
  /** Which reviews the list is of: the rule's own words, as the commit entry has them. */
  readonly scope: SpotCheckScope
  readonly count: number
  /** Numbers of reviews, each once, in the order of their bytes. */
  readonly population: readonly string[]
  readonly root: string
  readonly input: string
  /** Public VRF keys, hex of 32 bytes. */
  readonly keys: { readonly server: string; readonly witness: string }
  /** Hex of 80 bytes each. */
  readonly proofs: { readonly server: string; readonly witness: string }
  /** Where the ledger holds the entry that fixed the list, opened. */
  readonly commit: OpenedPlace
  /** By ascending ticket. */
  readonly taken: readonly Sampled[]
}

/** Reviews of a kind that ended on these civil days, both included; of one category of works, or of all. */
export type SpotCheckScope = {
  readonly kind: string
  readonly category: string | null
  readonly from: string
  readonly to: string
}

const FIELDS = [
  'commit',
  'count',
  'format',
  'input',
  'keys',
  'occasion',
  'population',
  'proofs',
  'root',
  'scope',
  'taken',
]

export function readSpotCheckEvidence(value: unknown): SpotCheckEvidence | undefined {
  const evidence = exactFields(value, FIELDS)
  if (!evidence || evidence.format !== SPOT_CHECK_FORMAT) return undefined
  if (!isText(evidence.occasion, 400) || !isIntegerBetween(evidence.count, 1, MAX_SAMPLE)) return undefined
  if (!isHash(evidence.root) || !isHash(evidence.input) || !isScope(evidence.scope)) return undefined
  if (!isPair(evidence.keys, 32) || !isPair(evidence.proofs, 80)) return undefined
  if (!isList(evidence.population, (id) => isText(id)) || !isList(evidence.taken, isSampled)) return undefined
  return isOpenedPlace(evidence.commit) ? (value as SpotCheckEvidence) : undefined
}

function isScope(value: unknown): boolean {
  const scope = exactFields(value, ['category', 'from', 'kind', 'to'])
  return (
    scope !== undefined &&
    isText(scope.kind) &&
    (scope.category === null || isText(scope.category)) &&
    isText(scope.from) &&
    isText(scope.to)
  )
}

function isPair(value: unknown, bytes: number): boolean {
  const pair = exactFields(value, ['server', 'witness'])
  return pair !== undefined && isHex(pair.server, bytes) && isHex(pair.witness, bytes)
}

function isSampled(value: unknown): boolean {
  const one = exactFields(value, ['id', 'ticket'])
  return one !== undefined && isText(one.id) && isHash(one.ticket)
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= MAX_SAMPLE && value.every(isItem)
}
