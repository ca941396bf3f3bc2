/** Every hash of the draw begins with a label of its own, so that none can stand in for another. */
import { sha256, utf8 } from '../bytes.ts'
import { canonicalJson } from '../canonical_json.ts'

export const ALGORITHM = 'lunzheng-draw/1'
/** How many are drawn: rule DRAW-1. */
export const DRAW_SIZE = 10
/** After this many replacements the centre decides. */
export const MAX_REPLACEMENTS = 10
/** Below this many possible sets the result could be guessed. */
export const MIN_POSSIBLE_SETS = 1n << 20n
/** With quotas, so many specialties at most: counting the possible sets grows steeply with them. */
export const MAX_SPECIALTIES = 12

export const LABEL = {
  planKey: 'lunzheng-draw/1/plan-key',
  rules: 'lunzheng-draw/1/rules',
  saltKey: 'lunzheng-draw/1/salt-key',
  drawSaltKey: 'lunzheng-draw/1/draw-salt-key',
  leafSalt: 'lunzheng-draw/1/leaf-salt',
  identitySalt: 'lunzheng-draw/1/identity-salt',
  identity: 'lunzheng-draw/1/identity',
  employerNumber: 'lunzheng-draw/1/employer-number',
  input: 'lunzheng-draw/1/input',
  timedInput: 'lunzheng-draw/1/timed-input',
  seed: 'lunzheng-draw/1/seed',
  replacementInput: 'lunzheng-draw/1/replacement-input',
  replacementSeed: 'lunzheng-draw/1/replacement-seed',
  spotCheckInput: 'lunzheng-draw/1/spot-check-input',
  spotCheckSeed: 'lunzheng-draw/1/spot-check-seed',
  ticket: 'ticket/v1',
  cellTicket: 'cell/v1',
  employerTicket: 'employer/v1',
  specialtyTicket: 'specialty/v1',
  start: 'start/v1',
  step: 'step/v1',
} as const

/** SHA-256(label ‖ 0x00 ‖ canonical JSON of the value). */
export function hashJson(label: string, value: unknown): Uint8Array {
  return sha256(utf8(label), Uint8Array.of(0), utf8(canonicalJson(value)))
}
