import db from '@adonisjs/lucid/services/db'
import { toBase64 } from '#lib/bytes'
import { stateHash } from '#lib/room/state_hash'
import type { Cursors, JoinAnswer, Me, Part } from '#lib/room/protocol'
import type { Parts } from '#lib/room/state'
import type { Channel } from '#lib/room/words'
import { businessNow } from '#core/clock/business_clock'
import { channelKey, channelState, eventsAfter, keepChannelState } from '#sessions/log/channel_log'
import type { Viewer } from '#sessions/policies/viewer'

/** More than this and the whole state is shorter. */
const MOST_EVENTS = 2000

export function toMe(viewer: Viewer): Me {
  const { userId, name, role, seat, channels, complete, consented } = viewer
  return {
    userId,
    name,
    role,
    seatId: seat?.id ?? null,
    letter: seat?.letter ?? null,
    channels,
    complete,
    consented,
  }
}

/** What a viewer may have of a review: whole parts, or what came after their cursors (SEC-2). */
export async function partsFor(reviewId: string, viewer: Viewer, cursors: Cursors = {}): Promise<JoinAnswer> {
  const seatId = viewer.seat?.id ?? null
  const parts: { [C in Channel]?: Part<Parts[C]> } = {}
  for (const channel of viewer.channels)
    Object.assign(parts, { [channel]: await partOf(reviewId, channel, seatId, cursors[channel]) })
  const docs =
    parts.panel && 'state' in parts.panel ? { docs: await docsOf(reviewId, parts.panel.state) } : {}
  return { ok: true, reviewId, me: toMe(viewer), ...parts, ...docs, serverTime: businessNow().toISOString() }
}

async function partOf<C extends Channel>(
  reviewId: string,
  channel: C,
  seatId: string | null,
  cursor?: number
): Promise<Part<Parts[C]>> {
  const { seq, state } = await channelState(reviewId, channel, seatId)
  keepChannelState(reviewId, channel, seatId, { seq, state })
  const hash = stateHash(state)
  if (cursor === undefined || cursor > seq || seq - cursor > MOST_EVENTS) return { seq, hash, state }
  const events = await eventsAfter(reviewId, channelKey(channel, seatId), cursor)
  return { seq, hash, events: events.filter((event) => event.seq <= seq) }
}

/**
 * Documents of the items' texts. One that is a little newer than the state is harmless: Yjs takes an update
 * twice without a change.
 */
async function docsOf(reviewId: string, panel: Parts['panel']): Promise<Record<string, string>> {
  if (panel.items.length === 0) return {}
  const rows = await db
    .from('session_items')
    .where('review_id', reviewId)
    .whereNull('removed_at')
    .select('id', 'doc')
  return Object.fromEntries(rows.map((row) => [row.id, toBase64(new Uint8Array(row.doc))]))
}
