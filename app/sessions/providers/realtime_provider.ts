import type { ApplicationService } from '@adonisjs/core/types'
import type { Gateway } from '#sessions/realtime/gateway'
import type { MeetingMedia } from '#sessions/recording/meeting_media'

/** The review room's realtime layer and its media, on the web server's own port. */
export default class RealtimeProvider {
  #gateway: Gateway | null = null
  #media: MeetingMedia | null = null

  constructor(protected app: ApplicationService) {}

  async ready() {
    if (this.app.getEnvironment() !== 'web') return
    const server = await this.app.container.make('server')
    const httpServer = server.getNodeServer()
    if (!httpServer) return
    const { Gateway } = await import('#sessions/realtime/gateway')
    const { meetingMedia } = await import('#sessions/recording/meeting_media')
    this.#gateway = new Gateway(httpServer)
    this.#media = meetingMedia
    await this.#media.start((reviewId, message) => this.#gateway!.tellRoom(reviewId, message))
    await this.#gateway.start()
  }

  async shutdown() {
    await this.#gateway?.stop()
    await this.#media?.stop()
  }
}
