import logger from '@adonisjs/core/services/logger'
import { Refusal } from '#core/exceptions/refusal'
import { stateHash } from '#lib/room/state_hash'
import type { Cursors, JoinAnswer } from '#lib/room/protocol'
import type { Ack } from '#lib/room/operations'
import type { Channel } from '#lib/room/words'
import { performOperation } from '#sessions/actions/perform_operation'
import { channelState } from '#sessions/log/channel_log'
import { mayEnter } from '#sessions/policies/may_enter'
import { viewerOf } from '#sessions/policies/viewer'
import { partsFor } from '#sessions/queries/parts'
import { sessionOf } from '#sessions/queries/sessions'
import type { Access } from '#sessions/realtime/access'
import type { Attendance } from '#sessions/realtime/attendance'
import type { Connection } from '#sessions/realtime/connection'
import type { Delivery } from '#sessions/realtime/delivery'
import { readJoin, readOperation, readResume } from '#sessions/validators/room_messages'

interface Services {
  readonly access: Access
  readonly attendance: Attendance
  readonly delivery: Delivery
}

const NOT_FOUND = { ok: false as const, error: { code: 'E_NOT_FOUND' } }

/** What a page may ask of its socket. Each step asks the database again who is asking. */
export function handle(connection: Connection, services: Services): void {
  const { socket } = connection
  socket.on('join', (message, answer) =>
    answering(answer, async () => join(connection, services, await readJoin(message)))
  )
  socket.on('resume', (message, answer) =>
    answering(answer, async () => resume(connection, services, await readResume(message)))
  )
  socket.on('op', (message, answer) =>
    answering<Ack>(
      answer,
      async () => {
        const operation = await readOperation(message)
        const actor = await services.access.actorOf(connection)
        return actor ? performOperation(actor, operation) : { ...NOT_FOUND, opId: operation.opId }
      },
      String((message as { opId?: unknown } | undefined)?.opId ?? '')
    )
  )
  socket.on('leave', (message, answer) =>
    answering(answer, () => leave(connection, services, message?.reviewId))
  )
  socket.on('hash', (message, answer) =>
    answering(answer, () => hashes(connection, services, message?.reviewId))
  )
}

async function join(
  connection: Connection,
  services: Services,
  message: { reviewId: string; enter: boolean; cursors: Cursors }
): Promise<JoinAnswer> {
  const { reviewId, enter, cursors } = message
  const actor = await services.access.actorOf(connection)
  const session = actor && (await sessionOf(reviewId))
  const viewer = session && (await viewerOf(actor, session))
  if (!session || !viewer) return NOT_FOUND
  const watching = connection.reviews.get(reviewId) ?? {
    viewer,
    entered: false,
    spanId: null,
    waiting: false,
  }
  if (!viewer.channels.includes('room')) {
    connection.reviews.set(reviewId, { ...watching, viewer, waiting: true })
    await services.delivery.follow(reviewId)
    return { ok: false, error: { code: 'E_DELIBERATION' } }
  }
  const refusal = enter ? mayEnter(session, viewer) : null
  if (refusal) return { ok: false, error: refusal }
  await services.delivery.follow(reviewId)
  Object.assign(watching, { viewer, waiting: false, entered: watching.entered || enter })
  connection.reviews.set(reviewId, watching)
  connection.join(reviewId, viewer.channels, viewer.seat?.id ?? null)
  if (enter && !watching.spanId)
    watching.spanId = await services.attendance.came(connection, reviewId, viewer)
  return partsFor(reviewId, viewer, cursors)
}

async function resume(
  connection: Connection,
  services: Services,
  message: { reviewId: string; cursors: Cursors }
): Promise<JoinAnswer> {
  const entered = connection.reviews.get(message.reviewId)?.entered ?? false
  return join(connection, services, { ...message, enter: entered })
}

async function leave(connection: Connection, services: Services, reviewId: string): Promise<{ ok: true }> {
  const watching = connection.reviews.get(reviewId)
  if (!watching) return { ok: true }
  connection.leave(reviewId, ['room', 'panel', 'own'], watching.viewer.seat?.id ?? null)
  connection.reviews.delete(reviewId)
  await services.attendance.gone(watching, reviewId)
  return { ok: true }
}

async function hashes(connection: Connection, services: Services, reviewId: string) {
  const actor = await services.access.actorOf(connection)
  const session = actor && connection.reviews.has(reviewId) ? await sessionOf(reviewId) : null
  const viewer = session && (await viewerOf(actor!, session))
  const positions: { [C in Channel]?: number } = {}
  const found: { [C in Channel]?: string } = {}
  for (const channel of viewer?.channels ?? []) {
    const { seq, state } = await channelState(reviewId, channel, viewer!.seat?.id ?? null)
    positions[channel] = seq
    found[channel] = stateHash(state)
  }
  return { ok: viewer !== null, positions, hashes: found }
}

/**
 * An answer comes in any case: refused with its code, or with the one that says that it was not the
 * client's fault. A page that sent no callback gets nothing.
 */
function answering<T>(answer: unknown, work: () => Promise<T>, opId?: string): void {
  if (typeof answer !== 'function') return
  const extra = opId === undefined ? {} : { opId }
  work().then(
    (value) => answer(value),
    (error) => {
      if (error instanceof Refusal)
        return answer({ ok: false, ...extra, error: { ...error.params, code: error.code } })
      if (error?.code === 'E_VALIDATION_ERROR')
        return answer({ ok: false, ...extra, error: { code: 'E_VALIDATION', fields: error.messages } })
      logger.error({ err: error }, 'review room: message')
      return answer({ ok: false, ...extra, error: { code: 'E_UNEXPECTED' } })
    }
  )
}
