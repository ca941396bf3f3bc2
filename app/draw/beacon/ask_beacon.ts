import { beaconRandomness, type BeaconChain } from '#lib/drand'
import { fail, ok, type Result } from '#lib/result'

/**
 * Nobody answered; somebody did and has no such round; what came is not the beacon's signature of it. The worst that any
 * server did is told, in this order.
 */
export type NoValue = { code: 'beacon_unreachable' | 'beacon_round_missing' | 'beacon_value_wrong' }

const ORDER: readonly NoValue['code'][] = ['beacon_unreachable', 'beacon_round_missing', 'beacon_value_wrong']
/** After so long without an answer the next server is asked too. */
const PATIENCE_MS = 700
const TIMEOUT_MS = 4000
/** An answer of drand has some 300 bytes. */
const MOST_BYTES = 4096

/** Where a server of drand's HTTP interface has a round. */
export function roundUrl(url: string, chain: BeaconChain, round: number): string {
  return `${url}/${chain.chain}/public/${round}`
}

/**
 * The signature of a round, from the first of several servers that has it. Each is asked when the one before has failed or
 * lets wait; none is believed: the value is that which verifies under the chain's key, and there is only one.
 */
export async function askBeacon(
  chain: BeaconChain,
  urls: readonly string[],
  round: number
): Promise<Result<string, NoValue>> {
  const ends = new AbortController()
  const signal = AbortSignal.any([ends.signal, AbortSignal.timeout(TIMEOUT_MS)])
  const codes: NoValue['code'][] = []
  try {
    const asked: Promise<string>[] = []
    for (const url of urls) {
      const asking = askOne(roundUrl(url, chain, round), chain, round, signal).then((answer) => {
        if (answer.ok) return answer.value
        codes.push(answer.error.code)
        throw new NoSuch()
      })
      // Seen below, or not needed any more.
      asking.catch(() => undefined)
      asked.push(asking)
      const first = await Promise.race([firstOf(asked), patience(signal)])
      if (first !== null) return ok(first)
    }
    const first = await firstOf(asked)
    if (first !== null) return ok(first)
  } finally {
    ends.abort()
  }
  return fail({ code: ORDER.findLast((code) => codes.includes(code)) ?? 'beacon_unreachable' })
}

/** A server that did not have the value. */
class NoSuch extends Error {}

/** The first value that comes, null once all have failed. */
function firstOf(asked: readonly Promise<string>[]): Promise<string | null> {
  return Promise.any(asked).catch(() => null)
}

function patience(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), PATIENCE_MS)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve(null)
    })
  })
}

async function askOne(
  url: string,
  chain: BeaconChain,
  round: number,
  signal: AbortSignal
): Promise<Result<string, NoValue>> {
  let text: string | null
  try {
    const response = await fetch(url, { signal, headers: { accept: 'application/json' } })
    if (!response.ok) {
      await response.body?.cancel()
      return fail({ code: response.status < 500 ? 'beacon_round_missing' : 'beacon_unreachable' })
    }
    text = await shortText(response)
  } catch {
    // Refused, cut off, too late: the network's reasons are of no account, another server is asked.
    return fail({ code: 'beacon_unreachable' })
  }
  const signature = text === null ? null : signatureIn(text)
  const value = beaconRandomness(chain, round, signature)
  return value.ok ? ok(signature as string) : fail({ code: 'beacon_value_wrong' })
}

/** Null where it goes on for longer than any answer would. */
async function shortText(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function signatureIn(text: string): unknown {
  try {
    const answer: unknown = JSON.parse(text)
    return typeof answer === 'object' && answer !== null && 'signature' in answer ? answer.signature : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
