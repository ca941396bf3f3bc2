import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { EncodingError, fromBase64 } from '../lib/bytes.ts'
import { canonicalJson } from '../lib/canonical_json.ts'
import { SAMPLE_PATH } from '../lib/draw/spot_check_protocol.ts'
import {
  SIGNATURE_HEADER,
  signedRequest,
  WITNESS_PATH,
  type Evaluation,
  type WitnessError,
} from '../lib/draw/witness_protocol.ts'
import { verifySignature } from '../lib/ed25519.ts'
import { fail, type Result } from '../lib/result.ts'
import { answerCheckpoint, servesCheckpoints, writePlain } from './checkpoint_http.ts'
import { MAX_BODY_BYTES, readBody } from './read_body.ts'
import { readEvaluateSample } from './evaluate_sample.ts'
import { readEvaluate, readEvaluateReplacement } from './requests.ts'
import { StoreFailed } from './store.ts'
import type { Witness } from './witness.ts'

const STATUS: Partial<Record<WitnessError['code'], number>> = {
  not_found: 404,
  body_too_large: 413,
  request_malformed: 400,
  signature_invalid: 401,
  ledger_head_moved: 409,
  beacon_round_out: 409,
  beacon_not_as_drawn: 409,
  plan_already_drawn: 409,
  replacement_already_evaluated: 409,
  occasion_already_sampled: 409,
}

/**
 * The witness over HTTP. Answers are `{"value": …}` or `{"error": {"code": …}}`, in canonical JSON.
 * After `onStoreFailed` nothing may be answered any more: end the process.
 */
export function witnessServer(
  witness: Witness,
  applicationKeys: readonly Uint8Array[],
  onStoreFailed: () => void
): Server {
  return createServer((request, response) => {
    const answered = servesCheckpoints(request)
      ? answerCheckpoint(witness, request).then((answer) => writePlain(response, answer))
      : answer(witness, applicationKeys, request).then((result) => write(response, result))
    answered.catch((error: unknown) => {
      console.error('witness: request failed', error)
      if (error instanceof StoreFailed) onStoreFailed()
      response.writeHead(500).end()
    })
  })
}

async function answer(
  witness: Witness,
  applicationKeys: readonly Uint8Array[],
  request: IncomingMessage
): Promise<Result<object, WitnessError>> {
  if (request.method === 'GET' && request.url === WITNESS_PATH.key) return { ok: true, value: witness.keys() }
  const evaluate = request.method === 'POST' ? evaluations(witness).get(request.url ?? '') : undefined
  if (!evaluate) return fail({ code: 'not_found' })
  const body = (await readBody(request))?.toString('utf8')
  if (body === undefined) return fail({ code: 'body_too_large', limit: MAX_BODY_BYTES })
  const message = signedRequest(request.url!, body)
  const signature = signatureOf(request)
  if (!signature || !applicationKeys.some((key) => verifySignature(key, message, signature))) {
    return fail({ code: 'signature_invalid' })
  }
  return evaluate(body)
}

type Evaluate = (body: string) => Result<Evaluation, WitnessError>

function evaluations(witness: Witness): Map<string, Evaluate> {
  return new Map<string, Evaluate>([
    [
      WITNESS_PATH.evaluate,
      (body) => {
        const request = readEvaluate(body)
        return request ? witness.evaluate(request) : fail({ code: 'request_malformed' })
      },
    ],
    [
      WITNESS_PATH.evaluateReplacement,
      (body) => {
        const request = readEvaluateReplacement(body)
        return request ? witness.evaluateReplacement(request) : fail({ code: 'request_malformed' })
      },
    ],
    [
      SAMPLE_PATH,
      (body) => {
        const request = readEvaluateSample(body)
        return request ? witness.evaluateSample(request) : fail({ code: 'request_malformed' })
      },
    ],
  ])
}

function signatureOf(request: IncomingMessage): Uint8Array | undefined {
  const header = request.headers[SIGNATURE_HEADER]
  if (typeof header !== 'string') return undefined
  try {
    return fromBase64(header)
  } catch (error) {
    if (error instanceof EncodingError) return undefined
    throw error
  }
}

function write(response: ServerResponse, result: Result<object, WitnessError>): void {
  const status = result.ok ? 200 : (STATUS[result.error.code] ?? 422)
  const body = canonicalJson(result.ok ? { value: result.value } : { error: result.error })
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(body)
}
