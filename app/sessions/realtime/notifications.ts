import logger from '@adonisjs/core/services/logger'
import pg from 'pg'
import env from '#start/env'

type Heard = { channel: 'room' | 'access'; payload: string } | { channel: 'gap' }

const RETRY_MS = 500

/**
 * What every process hears from the database, in the order of the commits: new operations and ended access.
 * One queue, so that whoever lost access by an earlier commit gets nothing of a later one. After a loss of
 * the connection a `gap` says that something may have been missed.
 */
export class Notifications {
  #client: pg.Client | null = null
  #queue: Promise<void> = Promise.resolve()
  #stopped = false
  #retry: NodeJS.Timeout | null = null
  readonly #heard: (heard: Heard) => Promise<void>

  constructor(heard: (heard: Heard) => Promise<void>) {
    this.#heard = heard
  }

  async start(): Promise<void> {
    const client = new pg.Client({ connectionString: env.get('DATABASE_URL'), keepAlive: true })
    client.on('error', (error) => this.#lost(client, error))
    client.on('end', () => this.#lost(client, null))
    client.on('notification', ({ channel, payload }) =>
      this.#push({ channel: channel as 'room' | 'access', payload: payload ?? '' })
    )
    try {
      await client.connect()
      await client.query('LISTEN room')
      await client.query('LISTEN access')
    } catch (error) {
      return this.#lost(client, error)
    }
    if (this.#stopped) return void (await client.end())
    this.#client = client
    this.#push({ channel: 'gap' })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#retry) clearTimeout(this.#retry)
    await this.#client?.end()
    await this.#queue
  }

  #push(heard: Heard): void {
    this.#queue = this.#queue
      .then(() => this.#heard(heard))
      .catch((error) => logger.error({ err: error }, 'review room: notification'))
  }

  #lost(client: pg.Client, error: unknown): void {
    if (this.#stopped || this.#retry || (this.#client !== null && this.#client !== client)) return
    this.#client = null
    logger.warn({ err: error }, 'review room: listening connection lost')
    this.#retry = setTimeout(() => {
      this.#retry = null
      void this.start()
    }, RETRY_MS)
  }
}
