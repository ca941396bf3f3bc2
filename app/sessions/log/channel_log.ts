import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { RoomEvent } from '#lib/room/events'
import { foldEvents } from '#lib/room/apply_event'
import type { Parts } from '#lib/room/state'
import { EMPTY } from '#lib/room/state'
import type { Channel } from '#lib/room/words'
import type { OperationRow } from '#sessions/models/rows'

/** A channel as the log names it: an expert's own one by their seat. */
export function channelKey(channel: Channel, seatId: string | null): string {
  return channel === 'own' ? `seat:${seatId}` : channel
}

export function toEvent(row: OperationRow): RoomEvent {
  return {
    seq: Number(row.channel_seq),
    type: row.type,
    data: row.data,
    at: row.at.toISOString(),
    wall: Number(row.wall),
    by: row.by_user_id,
    ...(row.for_user_id ? { for: row.for_user_id } : {}),
  } as RoomEvent
}

/** Events of one channel after a number, in order. */
export async function eventsAfter(
  reviewId: string,
  key: string,
  after: number,
  trx?: TransactionClientContract
): Promise<RoomEvent[]> {
  const rows: OperationRow[] = await (trx ?? db)
    .from('room_operations')
    .where({ review_id: reviewId, channel: key })
    .where('channel_seq', '>', after)
    .orderBy('channel_seq')
  return rows.map(toEvent)
}

export interface ChannelState<C extends Channel> {
  readonly seq: number
  readonly state: Parts[C]
}

/**
 * States of channels, kept between operations. The log only grows, so what is kept stays true; what is new
 * since is read and applied. Bounded by the reviews that are open at one time.
 */
const kept = new Map<string, ChannelState<Channel>>()
const KEPT = 400

export async function channelState<C extends Channel>(
  reviewId: string,
  channel: C,
  seatId: string | null,
  trx?: TransactionClientContract
): Promise<ChannelState<C>> {
  if (channel === 'own' && !seatId) return { seq: 0, state: EMPTY[channel]() as Parts[C] }
  const key = `${reviewId}/${channelKey(channel, seatId)}`
  const known = kept.get(key) as ChannelState<C> | undefined
  const events = await eventsAfter(reviewId, channelKey(channel, seatId), known?.seq ?? 0, trx)
  if (known && events.length === 0) return known
  const state = foldEvents(channel, events, known?.state)
  return { seq: events.at(-1)?.seq ?? known?.seq ?? 0, state }
}

/** Keeps a state that is in the log for good: after commit, never before. */
export function keepChannelState<C extends Channel>(
  reviewId: string,
  channel: C,
  seatId: string | null,
  state: ChannelState<C>
): void {
  const key = `${reviewId}/${channelKey(channel, seatId)}`
  const known = kept.get(key)
  if (known && known.seq >= state.seq) return
  kept.delete(key)
  kept.set(key, state as ChannelState<Channel>)
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
}
