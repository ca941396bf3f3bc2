import type { MediaEndpoint, MediaHealth, MediaServer } from './media_health.ts'

/** A LiveKit that somebody else runs: nothing is started, and a wrong address shows at the first room. */
export class ExternalMediaServer implements MediaServer {
  readonly endpoint: MediaEndpoint
  readonly health: MediaHealth = { state: 'running', since: new Date() }

  constructor(endpoint: MediaEndpoint) {
    this.endpoint = endpoint
  }

  onHealth(): () => void {
    return () => undefined
  }

  /** The other side keeps its rooms: multi-node LiveKit holds them in Redis. */
  keepRoom(): void {}

  forgetRoom(): void {}

  async stop(): Promise<void> {}
}
