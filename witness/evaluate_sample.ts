import { parseStrictJson } from '../lib/canonical_json.ts'
import { exactFields, isHash, isIntegerBetween, isText } from '../lib/draw/read.ts'
import { sampleInput } from '../lib/draw/spot_check.ts'
import { MAX_SAMPLE, SAMPLE_ENTRY_TYPE, type EvaluateSampleRequest } from '../lib/draw/spot_check_protocol.ts'
import type { Evaluation, WitnessError } from '../lib/draw/witness_protocol.ts'
import { fail, ok, type Result } from '../lib/result.ts'
import { foldIdentifier } from '../lib/text.ts'
import { checkLedgerClaim, isLedgerClaim, type Head } from './ledger_claim.ts'
import type { WitnessRecord } from './store.ts'

/** What the witness lends to an evaluation: its memory, its head and its key. */
export type Desk = {
  readonly records: readonly WitnessRecord[]
  /** The tree of the checkpoint cosigned last. */
  readonly cosigned: Head | null
  /** Hex of the proof over an input in hex. */
  prove(input: string): string
  /** Durable before it returns. */
  keep(record: WitnessRecord): void
  answer(input: string, proof: string): Evaluation
}

/** One sample for an occasion, for life: the same list and number get the same answer, others none. */
export function evaluateSample(desk: Desk, request: EvaluateSampleRequest): Result<Evaluation, WitnessError> {
  const { commit, ...fields } = request
  const { occasion, count, root } = fields
  const input = sampleInput(fields)
  const before = desk.records.find((record) => record.kind === 'sample' && record.occasion === occasion)
  if (before?.kind === 'sample') {
    return before.input === input
      ? ok(desk.answer(input, before.proof))
      : fail({ code: 'occasion_already_sampled', input: before.input })
  }
  const seen = checkLedgerClaim(commit, desk.cosigned, {
    type: SAMPLE_ENTRY_TYPE,
    fields: { occasion, count, root, input },
  })
  if (!seen.ok) return seen
  const proof = desk.prove(input)
  desk.keep({ kind: 'sample', occasion, input, proof, ...seen.value })
  return ok(desk.answer(input, proof))
}

/** An occasion that is not folded is malformed: it would be a second name for the same one. */
export function readEvaluateSample(body: string): EvaluateSampleRequest | undefined {
  const parsed = parseStrictJson(body)
  const request = parsed.ok ? exactFields(parsed.value, ['commit', 'count', 'occasion', 'root']) : undefined
  if (!request || !isText(request.occasion, 400) || !isHash(request.root)) return undefined
  if (foldIdentifier(request.occasion) !== request.occasion) return undefined
  if (!isIntegerBetween(request.count, 1, MAX_SAMPLE)) return undefined
  return isLedgerClaim(request.commit) ? (request as unknown as EvaluateSampleRequest) : undefined
}
