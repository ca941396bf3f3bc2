import { toBase64 } from '../bytes.ts'
import { canonicalJson, parseStrictJson } from '../canonical_json.ts'
import { sign } from '../ed25519.ts'
import { fail, ok, type Result } from '../result.ts'
import { SAMPLE_PATH, type EvaluateSampleRequest } from './spot_check_protocol.ts'
import {
  SIGNATURE_HEADER,
  signedRequest,
  WITNESS_PATH,
  type ClaimedEntry,
  type EvaluateReplacementRequest,
  type EvaluateRequest,
  type Evaluation,
  type LedgerClaim,
  type Timed,
  type WitnessError,
  type WitnessKeys,
} from './witness_protocol.ts'

/** The witness cannot be reached or does not speak the protocol. The draw stalls and can be tried again. */
export type WitnessClientError = WitnessError | { code: 'witness_unreachable'; reason: string }

/**
 * Proves an entry in the ledger's tree of `size` entries, whose checkpoint the witness cosigned. At L3 `awaited` is the
 * entry that says which round of the beacon is awaited, in a round of the plan above the first `roundBefore` the one that
 * the round before failed; both in the same tree.
 */
export type Claim = (
  size: number
) => Promise<LedgerClaim & { readonly awaited?: ClaimedEntry; readonly roundBefore?: ClaimedEntry }>

/** The round that is awaited, at L3. */
type Awaited = { readonly timed?: Omit<Timed, 'entry'> }

/** Checkpoints cosigned meanwhile move the witness's tree; each try is in the one it then has. */
const TRIES = 5

export type WitnessClient = {
  keys(): Promise<Result<WitnessKeys, WitnessClientError>>
  evaluate(
    draw: Omit<EvaluateRequest, 'commit' | 'roundBefore' | 'timed'> & Awaited,
    claim: Claim
  ): Promise<Result<Evaluation, WitnessClientError>>
  evaluateReplacement(
    replacement: Omit<EvaluateReplacementRequest, 'departure' | 'timed'> & Awaited,
    claim: Claim
  ): Promise<Result<Evaluation, WitnessClientError>>
  evaluateSample(
    sample: Omit<EvaluateSampleRequest, 'commit'>,
    claim: Claim
  ): Promise<Result<Evaluation, WitnessClientError>>
}

/** Speaks to the witness at `url`; `timeoutMs` bounds one request. The answer's proof is the caller's to verify. */
export function witnessClient(options: {
  url: string
  secretKey: Uint8Array
  timeoutMs: number
}): WitnessClient {
  const keys = () => send<WitnessKeys>(options, 'GET', WITNESS_PATH.key)
  const evaluate = async (
    path: string,
    claim: Claim,
    { timed, ...asked }: Awaited & Readonly<Record<string, unknown>>,
    request: (claimed: LedgerClaim) => object
  ) => {
    const known = await keys()
    if (!known.ok) return known
    let { size } = known.value.head
    for (let tries = 1; ; tries++) {
      const { awaited: entry, roundBefore, ...claimed } = await claim(size)
      const body = {
        ...asked,
        ...request(claimed),
        ...(roundBefore && { roundBefore }),
        ...(timed && { timed: { ...timed, entry } }),
      }
      const answer = await send<Evaluation>(options, 'POST', path, canonicalJson(body))
      if (answer.ok || answer.error.code !== 'ledger_head_moved' || tries === TRIES) return answer
      size = answer.error.size
    }
  }
  return {
    keys,
    evaluate: (draw, claim) => evaluate(WITNESS_PATH.evaluate, claim, draw, (commit) => ({ commit })),
    evaluateReplacement: (replacement, claim) =>
      evaluate(WITNESS_PATH.evaluateReplacement, claim, replacement, (departure) => ({ departure })),
    evaluateSample: (sample, claim) => evaluate(SAMPLE_PATH, claim, sample, (commit) => ({ commit })),
  }
}

async function send<T>(
  options: { url: string; secretKey: Uint8Array; timeoutMs: number },
  method: 'GET' | 'POST',
  path: string,
  body?: string
): Promise<Result<T, WitnessClientError>> {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (body !== undefined) {
    headers[SIGNATURE_HEADER] = toBase64(sign(options.secretKey, signedRequest(path, body)))
  }
  let text: string
  try {
    const init: RequestInit = { method, headers, signal: AbortSignal.timeout(options.timeoutMs) }
    if (body !== undefined) init.body = body
    const response = await fetch(new URL(path, options.url), init)
    text = await response.text()
  } catch (error) {
    return fail({ code: 'witness_unreachable', reason: String(error) })
  }
  const parsed = parseStrictJson(text)
  if (!parsed.ok) return fail({ code: 'witness_unreachable', reason: parsed.error.code })
  const answer = parsed.value as { value?: T; error?: WitnessError } | null
  if (answer?.error) return fail(answer.error)
  return answer?.value ? ok(answer.value) : fail({ code: 'witness_unreachable', reason: 'shape' })
}
