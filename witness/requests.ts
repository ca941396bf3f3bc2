import { parseStrictJson } from '../lib/canonical_json.ts'
import { exactFields, isHash, isIntegerBetween, isText } from '../lib/draw/read.ts'
import type { EvaluateReplacementRequest, EvaluateRequest } from '../lib/draw/witness_protocol.ts'
import { isLedgerClaim } from './ledger_claim.ts'

export function readEvaluate(body: string): EvaluateRequest | undefined {
  const fields = ['commit', 'planKey', 'poolRoot', 'round', 'rulesHash']
  const request = read(body, fields) ?? read(body, [...fields, 'timed'])
  if (request && 'timed' in request && request.timed !== true) return undefined
  if (!request || ![request.planKey, request.poolRoot, request.rulesHash].every(isHash)) return undefined
  if (!isIntegerBetween(request.round, 1, 65535) || !isLedgerClaim(request.commit)) return undefined
  return request as unknown as EvaluateRequest
}

export function readEvaluateReplacement(body: string): EvaluateReplacementRequest | undefined {
  const request = read(body, ['departure', 'drawId', 'leaver', 'number', 'seat'])
  if (!request || !isHash(request.drawId) || !isText(request.leaver)) return undefined
  if (!isIntegerBetween(request.number, 1, 1000) || !isIntegerBetween(request.seat, 1, 1000)) return undefined
  return isLedgerClaim(request.departure) ? (request as unknown as EvaluateReplacementRequest) : undefined
}

function read(body: string, fields: readonly string[]) {
  const parsed = parseStrictJson(body)
  return parsed.ok ? exactFields(parsed.value, fields) : undefined
}
