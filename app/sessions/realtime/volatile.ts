import vine from '@vinejs/vine'
import logger from '@adonisjs/core/services/logger'
import type { Volatile } from '#lib/room/protocol'
import { samplePointer } from '#sessions/presence/pointer_samples'
import type { Connection } from '#sessions/realtime/connection'

const MOST_A_SECOND = 20

const fraction = () => vine.number().range([0, 1])
const kinds = vine.group([
  vine.group.if((data) => vine.helpers.isObject(data) && data.kind === 'pointer', {
    kind: vine.literal('pointer'),
    versionId: vine.string().uuid(),
    page: vine.number().withoutDecimals().range([1, 5000]),
    x: fraction(),
    y: fraction(),
  }),
  vine.group.if((data) => vine.helpers.isObject(data) && data.kind === 'typing', {
    kind: vine.literal('typing'),
    itemId: vine.string().uuid().nullable(),
  }),
  vine.group.if((data) => vine.helpers.isObject(data) && data.kind === 'speaking', {
    kind: vine.literal('speaking'),
    on: vine.boolean({ strict: true }),
  }),
])
const validator = vine.create(vine.object({ reviewId: vine.string().uuid() }).merge(kinds))

/**
 * Pointer, typing, speaking: to those who share the floor, at most 20 a second of one connection, never
 * stored, but for the pointer of whoever presents once a second.
 */
export function relayVolatile(connection: Connection): void {
  let second = 0
  let count = 0
  connection.socket.on('volatile', (message) => {
    const now = Math.floor(Date.now() / 1000)
    count = now === second ? count + 1 : 1
    second = now
    if (count > MOST_A_SECOND) return
    relay(connection, message).catch((error) => {
      if (error?.code !== 'E_VALIDATION_ERROR') logger.error({ err: error }, 'review room: volatile')
    })
  })
}

async function relay(connection: Connection, message: unknown): Promise<void> {
  const { reviewId, ...rest } = (await validator.validate(message)) as { reviewId: string } & Volatile
  const watching = connection.reviews.get(reviewId)
  if (!watching?.entered || watching.viewer.role === 'supervisor') return
  const { channels } = watching.viewer
  if (!channels.includes('room')) return
  // Typing shows that there are items; a pointer on the closed floor shows where the panel is looking.
  const panelOnly = rest.kind === 'typing' || (rest.kind === 'pointer' && watching.viewer.closedFloor)
  if (panelOnly && !channels.includes('panel')) return
  const to = panelOnly ? 'panel' : 'room'
  const told = { reviewId, userId: connection.userId, ...rest }
  connection.socket.to(`${reviewId}/${to}`).volatile.emit('volatile', told)
  if (rest.kind === 'pointer') await samplePointer(reviewId, connection.userId, rest)
}
