import { ExternalMediaServer } from './external_media_server.ts'
import { findLivekitBinary } from './livekit_binary.ts'
import { LivekitServer } from './livekit_supervisor.ts'
import type {
  MediaEndpoint,
  MediaHealth,
  MediaServer,
  MediaUnavailableReason,
  RoomSpecification,
} from './media_health.ts'

const SHORTEST_SECRET = 32

/**
 * The media server of this installation. With LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET it is somebody
 * else's; otherwise one is found, or built in the background, and run as a child. Returns at once: the app starts
 * without video, and `health` tells when there is some, or why there is none.
 */
export function openMediaServer(options: {
  projectRoot: string
  env?: NodeJS.ProcessEnv
  webhookUrl?: string
  build?: boolean
  onLog?: (line: string) => void
}): MediaServer {
  const env = options.env ?? process.env
  if (!env.LIVEKIT_URL) return new OwnMediaServer(options)
  if (!env.LIVEKIT_API_KEY || !env.LIVEKIT_API_SECRET || env.LIVEKIT_API_SECRET.length < SHORTEST_SECRET) {
    return new NoMediaServer(
      'not_configured',
      'LIVEKIT_URL needs LIVEKIT_API_KEY and a LIVEKIT_API_SECRET of 32 characters or more'
    )
  }
  return new ExternalMediaServer({
    url: env.LIVEKIT_URL,
    apiKey: env.LIVEKIT_API_KEY,
    apiSecret: env.LIVEKIT_API_SECRET,
  })
}

/** The place of a media server where there is none, so that everything else goes on and can say why. */
export class NoMediaServer implements MediaServer {
  readonly endpoint = null
  readonly health: MediaHealth

  constructor(reason: MediaUnavailableReason, detail: string) {
    this.health = { state: 'unavailable', reason, detail }
  }

  onHealth(): () => void {
    return () => undefined
  }

  keepRoom(): void {}

  forgetRoom(): void {}

  async stop(): Promise<void> {}
}

class OwnMediaServer implements MediaServer {
  #server: LivekitServer | null = null
  #health: MediaHealth = { state: 'starting' }
  #listeners = new Set<(health: MediaHealth) => void>()
  #rooms = new Map<string, RoomSpecification>()
  #opening: Promise<void>
  #stopped = false

  constructor(options: Parameters<typeof openMediaServer>[0]) {
    this.#opening = this.#open(options)
  }

  get endpoint(): MediaEndpoint | null {
    return this.#server?.endpoint ?? null
  }

  get health(): MediaHealth {
    return this.#health
  }

  onHealth(listener: (health: MediaHealth) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  keepRoom(room: RoomSpecification): void {
    this.#rooms.set(room.name, room)
    this.#server?.keepRoom(room)
  }

  forgetRoom(name: string): void {
    this.#rooms.delete(name)
    this.#server?.forgetRoom(name)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    // A build may take minutes; it ends by itself, and its result is not started any more.
    if (this.#server === null) return
    await this.#opening
    await this.#server.stop()
  }

  async #open(options: Parameters<typeof openMediaServer>[0]): Promise<void> {
    const env = options.env ?? process.env
    const binary = await findLivekitBinary({
      projectRoot: options.projectRoot,
      env,
      build: options.build,
      onProgress: options.onLog,
    })
    if (this.#stopped) return
    if (!binary.ok) {
      this.#setHealth({ state: 'unavailable', reason: binary.error.code, detail: binary.error.detail })
      return
    }
    const server = await LivekitServer.start({
      binary: binary.value.path,
      nodeIp: env.LIVEKIT_NODE_IP,
      webhookUrl: options.webhookUrl,
      onLog: options.onLog,
    })
    if (this.#stopped) return server.stop()
    this.#server = server
    for (const room of this.#rooms.values()) server.keepRoom(room)
    this.#setHealth(server.health)
    server.onHealth((health) => this.#setHealth(health))
  }

  #setHealth(health: MediaHealth): void {
    this.#health = health
    for (const listener of this.#listeners) listener(health)
  }
}
