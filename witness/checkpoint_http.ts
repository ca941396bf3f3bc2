/** The witness towards logs and monitors: C2SP tlog-witness, plain text, no account. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { sha256, toHex, utf8 } from '../lib/bytes.ts'
import { ADD_CHECKPOINT_PATH, SIZE_CONTENT_TYPE } from '../lib/tlog/witness_request.ts'
import type { CheckpointRefusal } from './judge_checkpoint.ts'
import { readBody } from './read_body.ts'
import type { Witness } from './witness.ts'

export type PlainAnswer = { readonly status: number; readonly type?: string; readonly body: string }

const MONITORED = /^\/([0-9a-f]{64})\/checkpoint$/

export function servesCheckpoints({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' ? url === ADD_CHECKPOINT_PATH : method === 'GET' && MONITORED.test(url)
}

export async function answerCheckpoint(witness: Witness, request: IncomingMessage): Promise<PlainAnswer> {
  if (request.method === 'GET') return monitored(witness, MONITORED.exec(request.url ?? '')![1]!)
  const body = await readBody(request)
  if (!body) return { status: 413, body: 'body_too_large\n' }
  const added = witness.addCheckpoint(new Uint8Array(body))
  if (added.ok) return { status: 200, body: added.value }
  return refused(added.error)
}

/** The last checkpoint cosigned, by the SHA-256 of its log's origin. */
function monitored(witness: Witness, originHash: string): PlainAnswer {
  const latest = witness.latestCheckpoint()
  const known = latest && toHex(sha256(utf8(latest.origin))) === originHash
  return known ? { status: 200, body: latest.note } : { status: 404, body: 'unknown_log\n' }
}

function refused(refusal: CheckpointRefusal): PlainAnswer {
  const { status, code } = refusal
  // Signed by the log itself, and yet no extension of what it showed before: worth finding out.
  if (refusal.code === 'inconsistent')
    console.error(`witness: LEDGER INCONSISTENT with the ${refusal.size} entries seen`)
  if (refusal.code === 'not_the_latest') return { status, type: SIZE_CONTENT_TYPE, body: `${refusal.size}\n` }
  return { status, body: `${code}\n` }
}

export function writePlain(response: ServerResponse, { status, type, body }: PlainAnswer): void {
  const headers = { 'content-type': type ?? 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
  response.writeHead(status, headers).end(body)
}
