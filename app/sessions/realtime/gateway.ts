import type { Server as HttpServer } from 'node:http'
import logger from '@adonisjs/core/services/logger'
import { Server, type Namespace } from 'socket.io'
import env from '#start/env'
import type { ClientMessages, ServerMessages } from '#lib/room/protocol'
import { onNotice } from '#messages/public'
import { Connection } from '#sessions/realtime/connection'
import { Delivery } from '#sessions/realtime/delivery'
import { handle } from '#sessions/realtime/handlers'
import { Attendance } from '#sessions/realtime/attendance'
import { Access } from '#sessions/realtime/access'
import { Notifications } from '#sessions/realtime/notifications'
import { relayVolatile } from '#sessions/realtime/volatile'
import { actorOfWebSession, webSessionId } from '#sessions/realtime/web_session'

/** A ping a second says within a second when a line has died. */
const PING_MS = 1_000
const DEAD_AFTER_MS = 6_000
const LARGEST_MESSAGE = 256 * 1024

/** The realtime layer on the app's own HTTP server. */
export class Gateway {
  readonly #io: Server
  readonly #rooms: Namespace<ClientMessages, ServerMessages>
  readonly #connections = new Set<Connection>()
  readonly #attendance: Attendance
  readonly #notifications: Notifications
  readonly #offNotices: () => void

  constructor(httpServer: HttpServer) {
    // No connection state recovery: it would let a revoked web session back in past the checks below.
    this.#io = new Server(httpServer, {
      pingInterval: PING_MS,
      pingTimeout: DEAD_AFTER_MS,
      maxHttpBufferSize: LARGEST_MESSAGE,
      serveClient: false,
      allowRequest: (request, answer) => answer(null, sameOrigin(request.headers)),
    })
    this.#rooms = this.#io.of('/rooms')
    this.#attendance = new Attendance(this.#connections)
    const access = new Access(this.#connections, this.#attendance)
    const delivery = new Delivery(this.#rooms, this.#connections, access)
    this.#notifications = new Notifications(async (heard) => {
      if (heard.channel === 'room') return delivery.heard(heard.payload)
      if (heard.channel === 'access') return access.heard(heard.payload)
      await access.refreshAll()
      await delivery.catchUp()
    })
    this.#rooms.use(async (socket, next) => {
      const id = await webSessionId(socket.request)
      const actor = id && (await actorOfWebSession(id))
      if (!id || !actor) return next(new Error('E_SIGN_IN'))
      socket.data.connection = new Connection(socket, id, actor.userId)
      next()
    })
    this.#rooms.on('connection', (socket) => {
      const connection: Connection = socket.data.connection
      this.#connections.add(connection)
      void socket.join(`user:${connection.userId}`)
      handle(connection, { access, attendance: this.#attendance, delivery })
      relayVolatile(connection)
      socket.on('disconnect', () => {
        this.#connections.delete(connection)
        const left = this.#attendance.left(connection)
        left.catch((error) => logger.error({ err: error }, 'review room: leaving'))
      })
    })
    this.#offNotices = onNotice((userIds) => {
      for (const userId of userIds) this.#rooms.to(`user:${userId}`).emit('notices', {})
    })
  }

  async start(): Promise<void> {
    await this.#notifications.start()
    this.#attendance.start()
  }

  /** Tells everybody who is in a review's room, whatever they may see there. */
  tellRoom(reviewId: string, message: Parameters<ServerMessages['media']>[0]): void {
    this.#rooms.to(`${reviewId}/room`).emit('media', message)
  }

  async stop(): Promise<void> {
    this.#offNotices()
    await this.#attendance.stop()
    await this.#notifications.stop()
    this.#rooms.disconnectSockets(true)
    this.#io.engine.close()
  }
}

/**
 * Browsers name the page's origin; another site's page must not speak with our people's cookies. What names
 * none is no browser page, and has no cookie but its own.
 */
function sameOrigin(headers: { origin?: string; host?: string }): boolean {
  if (!headers.origin) return true
  if (headers.origin === new URL(env.get('PUBLIC_URL')).origin) return true
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host
}
