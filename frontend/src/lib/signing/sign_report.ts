import { concat, type Bytes } from '../../../../lib/pki/bytes.ts'
import { fromBase64, toBase64 } from '../../../../lib/bytes.ts'
import { fail, ok, type Result } from '../../../../lib/result.ts'
import type { Handwriting } from '../../../../lib/pdf/sign/appearance.ts'
import { checkWhatYouSign, type WhatYouSignError } from '../../../../lib/pdf/what_you_sign.ts'
import type { Signer } from './signer.ts'

export type PrepareAnswer =
  | { waiting: true; ahead: number }
  | {
      waiting: false
      leaseToken: string
      certifiedSha256: string
      /** What stands behind the certified revision: signatures so far and this one, its place still empty. */
      tailBase64: string
      attributesBase64: string
    }

export type Completed = { seq: number; sha256: string; signedAt: string; issued: boolean }

/** Thrown by a `SigningServer` when no answer came, so that nobody knows whether it was done. */
export class NoAnswer extends Error {}

/** The server, which may lie. A refusal is a result; no answer is `NoAnswer`. */
export interface SigningServer {
  prepare(given: {
    certificateSha256: string
    handwriting: Handwriting | null
  }): Promise<Result<PrepareAnswer, ServerRefusal>>
  complete(given: { leaseToken: string; signature: string }): Promise<Result<Completed, ServerRefusal>>
  drop(leaseToken: string): Promise<void>
}

export type ServerRefusal = { code: string; [param: string]: unknown }

export type SignProgress =
  { step: 'waiting'; ahead: number } | { step: 'preparing' | 'checking' | 'completing' | 'no_answer' }

export type SignFailure =
  | { code: 'E_NOT_WHAT_YOU_SEE'; why: WhatYouSignError }
  | { code: 'E_GAVE_UP' }
  | { code: 'E_NO_ANSWER' }
  | ServerRefusal

/** Machine time after which the queue counts as stuck; five minutes hold far more turns than a panel has. */
const PATIENCE_MS = 300_000
const PAUSE_MS = 120
const NO_ANSWER_PAUSE_MS = 800

/**
 * One confirmation, one signature. The person has read `displayed` and confirmed once; each time the head moves
 * under a colleague's signature the attributes change, so they are checked and signed anew, for the very same
 * displayed bytes, without asking again. Nothing is signed that `checkWhatYouSign` does not accept.
 */
export async function signReport(given: {
  displayed: Bytes
  signer: Signer
  server: SigningServer
  handwriting: Handwriting | null
  onProgress?: (progress: SignProgress) => void
  signal?: AbortSignal
}): Promise<Result<Completed | { alreadySigned: true }, SignFailure>> {
  const { server, signer, handwriting } = given
  const until = performance.now() + PATIENCE_MS
  const attempt = { sent: false }
  while (performance.now() < until && !given.signal?.aborted) {
    given.onProgress?.({ step: 'preparing' })
    const prepared = await answered(() =>
      server.prepare({ certificateSha256: signer.certificateSha256, handwriting })
    )
    if (prepared === null) {
      given.onProgress?.({ step: 'no_answer' })
      await pause(NO_ANSWER_PAUSE_MS)
      continue
    }
    if (!prepared.ok) {
      // An answer to an earlier attempt was lost on its way: the signature stands.
      if (prepared.error.code === 'E_ALREADY_SIGNED' && attempt.sent) return ok({ alreadySigned: true })
      return prepared
    }
    if (prepared.value.waiting) {
      given.onProgress?.({ step: 'waiting', ahead: prepared.value.ahead })
      await pause(PAUSE_MS * (1 + Math.random()))
      continue
    }
    const done = await signPrepared(given, prepared.value, attempt)
    if (done.ok || !isTurnLost(done.error)) return done
  }
  return fail({ code: 'E_GAVE_UP' })
}

async function signPrepared(
  given: Parameters<typeof signReport>[0],
  prepared: Extract<PrepareAnswer, { waiting: false }>,
  attempt: { sent: boolean }
): Promise<Result<Completed, SignFailure>> {
  given.onProgress?.({ step: 'checking' })
  const checked = await checkWhatYouSign({
    displayed: given.displayed,
    preparedPdf: concat(given.displayed, fromBase64(prepared.tailBase64)),
    signedAttributes: fromBase64(prepared.attributesBase64) as Bytes,
    certificate: given.signer.certificate,
  })
  if (!checked.ok) {
    await given.server.drop(prepared.leaseToken)
    return fail({ code: 'E_NOT_WHAT_YOU_SEE', why: checked.error })
  }
  const signature = toBase64(await given.signer.sign(checked.value.signedAttributes))
  given.onProgress?.({ step: 'completing' })
  attempt.sent = true
  const done = await answered(() => given.server.complete({ leaseToken: prepared.leaseToken, signature }))
  return done ?? fail({ code: 'E_NO_ANSWER' })
}

/** Null where the line broke or the server fell silent: whether it did its part, a new turn finds out. */
async function answered<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof NoAnswer) return null
    throw error
  }
}

/** The head moved, or no answer came: another turn, on the same confirmation. */
function isTurnLost(failure: SignFailure): boolean {
  return failure.code === 'E_LEASE_LOST' || failure.code === 'E_NO_ANSWER'
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
