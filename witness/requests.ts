import { parseStrictJson } from '../lib/canonical_json.ts'
import { exactFields, isHash, isIntegerBetween, isText } from '../lib/draw/read.ts'
import type {
  EvaluateReplacementRequest,
  EvaluateRequest,
  LedgerClaim,
} from '../lib/draw/witness_protocol.ts'
import { MAX_TIME } from '../lib/draw/beacon.ts'
import { isLedgerClaim } from './ledger_claim.ts'

export function readEvaluate(body: string): EvaluateRequest | undefined {
  const fields = ['commit', 'planKey', 'poolRoot', 'round', 'rulesHash']
  const request = read(body, fields, ['roundBefore', 'timed'])
  if (!request || ![request.planKey, request.poolRoot, request.rulesHash].every(isHash)) return undefined
  if (!isIntegerBetween(request.round, 1, 65535) || !isLedgerClaim(request.commit)) return undefined
  if ('timed' in request && !isTimed(request.timed, request.commit)) return undefined
  const { roundBefore } = request
  if (roundBefore !== undefined && (request.round === 1 || !isEntry(roundBefore, request.commit)))
    return undefined
  return request as unknown as EvaluateRequest
}

export function readEvaluateReplacement(body: string): EvaluateReplacementRequest | undefined {
  const fields = ['departure', 'drawId', 'leaver', 'number', 'seat']
  const request = read(body, fields, ['timed'])
  if (!request || !isHash(request.drawId) || !isText(request.leaver)) return undefined
  if (!isIntegerBetween(request.number, 1, 1000) || !isIntegerBetween(request.seat, 1, 1000)) return undefined
  if (!isLedgerClaim(request.departure)) return undefined
  if ('timed' in request && !isTimed(request.timed, request.departure)) return undefined
  return request as unknown as EvaluateReplacementRequest
}

function isTimed(value: unknown, claim: LedgerClaim): boolean {
  const timed = exactFields(value, ['due', 'entry', 'time'])
  return (
    timed !== undefined &&
    isIntegerBetween(timed.time, 0, MAX_TIME) &&
    isIntegerBetween(timed.due, 0, 2 * MAX_TIME) &&
    isEntry(timed.entry, claim)
  )
}

/** A further entry, put in place of the claim's own, has to be a claim like it. */
function isEntry(value: unknown, claim: LedgerClaim): boolean {
  const entry = exactFields(value, ['inclusion', 'index', 'leaf', 'payload', 'salt'])
  return entry !== undefined && isLedgerClaim({ ...claim, ...entry })
}

function read(body: string, fields: readonly string[], optional: readonly string[] = []) {
  const parsed = parseStrictJson(body)
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null) return undefined
  const given = parsed.value
  return exactFields(given, [...fields, ...optional.filter((field) => Object.hasOwn(given, field))])
}
