import { fromHex, sha256, toHex } from '#lib/bytes'
import { BEACON_DELAY_SECONDS } from '#lib/draw/beacon'
import { QUICKNET } from '#lib/drand'
import { roundUrl } from '#draw/beacon/ask_beacon'
import { beaconSettings } from '#draw/beacon/settings'
import type { DepartureRow, DrawRow } from '#draw/models/draw'
import { awaitedEntry } from '#draw/queries/logged_entries'

/**
 * Level L3: which round of which beacon, since when the log says so, and what came. All of it is anybody's to know at any
 * time: without the parties' proofs it tells nothing of who was drawn. Null at other levels.
 */
export async function beaconView(draw: DrawRow) {
  const { beacon: chain } = draw.rules
  if (!chain) return null
  const { awaited } = draw
  const signature = draw.proofs?.beacon?.signature ?? null
  const urls = (await beaconSettings())?.urls ?? []
  return {
    chain: chain.chain,
    publicKey: chain.publicKey,
    period: chain.period,
    isQuicknet: chain.chain === QUICKNET.chain,
    delaySeconds: BEACON_DELAY_SECONDS,
    hosts: urls.map((url) => new URL(url).host),
    awaited: awaited && {
      ...awaitedView(draw)!,
      time: instant(awaited.time),
      logIndex: await awaitedEntry(draw.draw_id, awaited),
      url: urls[0] ? roundUrl(urls[0], chain, awaited.round) : null,
    },
    signature,
    value: signature && toHex(sha256(fromHex(signature))),
  }
}

/** The round that is awaited, and why it has not come, as a code. */
export function awaitedView({
  awaited,
  beacon_code: code,
}: Pick<DrawRow | DepartureRow, 'awaited' | 'beacon_code'>) {
  return awaited && { round: awaited.round, due: instant(awaited.due), code }
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
