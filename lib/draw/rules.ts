import { isHex, toHex } from '../bytes.ts'
import type { BeaconChain } from '../drand.ts'
import { isBeaconChain } from './beacon.ts'
import { ALGORITHM, hashJson, LABEL } from './labels.ts'
import { isQuotaList, type Quota } from './quotas.ts'
import { exactFields, isHash, isIntegerBetween, isText } from './read.ts'
import { isWidening, type WideningStep } from './widening.ts'

/** L1: the server alone, not for production. L2: the server and the witness. L3: a public beacon besides. */
export type Level = 'L1' | 'L2' | 'L3'

/**
 * Everything of the rules that bears on a result. It is hashed into the entropy's input, so that neither a
 * threshold nor a key can be chosen once an output is known.
 */
export type DrawRules = {
  readonly algorithm: typeof ALGORITHM
  readonly level: Level
  /** Public VRF keys, hex of 32 bytes; the witness's is null at L1. */
  readonly serverKey: string
  readonly witnessKey: string | null
  /** Commitment to the key that the pool's salts come from, in the ledger before the plan existed. */
  readonly saltKeyCommitment: string
  /** The most that may be drawn from one employer, 1 … 10; the draw takes the smallest cap that is feasible. */
  readonly maxPerEmployer: number
  /** Quotas per specialty, each once, in order of UTF-8 bytes; where there are none, caps alone decide. */
  readonly quotas: readonly Quota[]
  /** `keep`: a replacement has the leaver's specialty. `keep_then_any`: any, once none of it is left. */
  readonly replacementSpecialty: 'keep' | 'keep_then_any'
  /** Rule DRAW-4 as data, for the default panel. */
  readonly panel: {
    readonly size: number
    readonly mainSpecialty: string
    readonly minMain: number
    readonly minSpecialties: number
  }
  /** Identifier and hash of the regulation file in force when the plan was submitted. */
  readonly regulation: { readonly id: string; readonly hash: string }
  /** The steps by which the pool was widened; the field is there only where it was. */
  readonly widening?: readonly WideningStep[]
  /** The beacon's chain; the field is there only at L3. */
  readonly beacon?: BeaconChain
}

const FIELDS = [
  'algorithm',
  'level',
  'maxPerEmployer',
  'panel',
  'quotas',
  'regulation',
  'replacementSpecialty',
  'saltKeyCommitment',
  'serverKey',
  'witnessKey',
]

/** The record when it is exactly a rules record of this version, else undefined. */
export function readRules(value: unknown): DrawRules | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const optional = ['beacon', 'widening'].filter((field) => field in value)
  const rules = exactFields(value, [...FIELDS, ...optional])
  if (!rules || ('widening' in rules && !isWidening(rules.widening))) return undefined
  if (rules.algorithm !== ALGORITHM || !isHash(rules.saltKeyCommitment)) return undefined
  if (!isHex(rules.serverKey, 32) || !keysFitLevel(rules)) return undefined
  if (!isIntegerBetween(rules.maxPerEmployer, 1, 10)) return undefined
  if (!isQuotaList(rules.quotas)) return undefined
  if (rules.replacementSpecialty !== 'keep' && rules.replacementSpecialty !== 'keep_then_any')
    return undefined
  if (!isPanel(rules.panel) || !isRegulation(rules.regulation)) return undefined
  return value as DrawRules
}

export function rulesHash(rules: DrawRules): string {
  return toHex(hashJson(LABEL.rules, rules))
}

/** Two parties with one key would be one party. */
function keysFitLevel(rules: Readonly<Record<string, unknown>>): boolean {
  if (rules.level === 'L1') return rules.witnessKey === null && !('beacon' in rules)
  const two = isHex(rules.witnessKey, 32) && rules.witnessKey !== rules.serverKey
  if (rules.level === 'L2') return two && !('beacon' in rules)
  return rules.level === 'L3' && two && isBeaconChain(rules.beacon)
}

function isPanel(value: unknown): boolean {
  const panel = exactFields(value, ['mainSpecialty', 'minMain', 'minSpecialties', 'size'])
  return (
    panel !== undefined &&
    isIntegerBetween(panel.size, 1, 10) &&
    panel.size % 2 === 1 &&
    isText(panel.mainSpecialty) &&
    isIntegerBetween(panel.minMain, 0, 10) &&
    isIntegerBetween(panel.minSpecialties, 1, 10)
  )
}

function isRegulation(value: unknown): boolean {
  const regulation = exactFields(value, ['hash', 'id'])
  return regulation !== undefined && isText(regulation.id) && isHash(regulation.hash)
}
