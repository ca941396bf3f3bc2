import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { RoomServiceClient } from 'livekit-server-sdk'
import { freeTcpPort, freeUdpPort } from './free_ports.ts'
import { spawnGuarded, type GuardedChild } from './guarded_child.ts'
import { livekitConfiguration, type LivekitPorts } from './livekit_config.ts'
import type { MediaEndpoint, MediaHealth, MediaServer, RoomSpecification } from './media_health.ts'

export interface LivekitOptions {
  binary: string
  /** Address that other machines reach this one by; without it everything stays on the loopback interface. */
  nodeIp?: string
  webhookUrl?: string
  /** Fixed ports; free ones by default. They stay the same across restarts, or browsers would not find back. */
  ports?: LivekitPorts
  onLog?: (line: string) => void
}

const READY_WITHIN_MS = 15_000
const CRASHES_UNTIL_UNAVAILABLE = 4
const LONGEST_PAUSE_MS = 10_000
/** A run of this length counts as sound: the crash after it starts the count anew. */
const SOUND_RUN_MS = 20_000

/**
 * Runs livekit-server as a child process and starts it again when it crashes, with the same ports, keys and open
 * rooms: created again within a second of the restart, or livekit-client gives up and every page must rejoin.
 */
export class LivekitServer implements MediaServer {
  readonly endpoint: MediaEndpoint
  #health: MediaHealth = { state: 'starting' }
  #options: LivekitOptions
  #ports: LivekitPorts
  #listeners = new Set<(health: MediaHealth) => void>()
  #rooms = new Map<string, RoomSpecification>()
  #child: GuardedChild | null = null
  #crashes = 0
  #stopping = new AbortController()
  #loop: Promise<void> | null = null

  private constructor(options: LivekitOptions, ports: LivekitPorts) {
    this.#options = options
    this.#ports = ports
    this.endpoint = {
      url: `ws://${options.nodeIp ?? '127.0.0.1'}:${ports.signal}`,
      apiKey: `LZ${randomBytes(8).toString('hex')}`,
      apiSecret: randomBytes(32).toString('base64url'),
    }
  }

  /** Starts the server and waits until it answers or is known not to (then `health` says why). */
  static async start(options: LivekitOptions): Promise<LivekitServer> {
    const ports = options.ports ?? { signal: await freeTcpPort(), media: await freeUdpPort() }
    const server = new LivekitServer(options, ports)
    const settled = new Promise<void>((resolve) => {
      const off = server.onHealth((health) => {
        if (health.state === 'starting' || health.state === 'restarting') return
        off()
        resolve()
      })
    })
    server.#loop = server.#run()
    await settled
    return server
  }

  get health(): MediaHealth {
    return this.#health
  }

  /** The pid of the running server, for whoever measures it. */
  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  onHealth(listener: (health: MediaHealth) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  keepRoom(room: RoomSpecification): void {
    this.#rooms.set(room.name, room)
  }

  forgetRoom(name: string): void {
    this.#rooms.delete(name)
  }

  /** Ends the server; at the first SIGTERM it would wait for all participants to leave, at the second it goes. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    const child = this.#child
    if (child) {
      child.process.kill('SIGTERM')
      await sleep(50)
      child.process.kill('SIGTERM')
      const timer = setTimeout(() => child.process.kill('SIGKILL'), 3000)
      await this.#loop
      clearTimeout(timer)
    }
    await this.#loop
    this.#setHealth({ state: 'unavailable', reason: 'stopped', detail: 'stopped by the app' })
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const detail = await this.#runOnce()
      if (this.#stopping.signal.aborted) return
      this.#crashes += 1
      if (this.#crashes >= CRASHES_UNTIL_UNAVAILABLE) {
        this.#setHealth({ state: 'unavailable', reason: 'crashing', detail })
      } else if (this.#health.state !== 'starting') {
        this.#setHealth({ state: 'restarting', since: new Date() })
      }
      const pause = this.#crashes === 1 ? 0 : Math.min(LONGEST_PAUSE_MS, 100 * 2 ** this.#crashes)
      await sleep(pause, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
    }
  }

  /** One life of the process; answers with what is known of its end. */
  async #runOnce(): Promise<string> {
    const configuration = livekitConfiguration({
      ports: this.#ports,
      credentials: this.endpoint,
      nodeIp: this.#options.nodeIp,
      webhookUrl: this.#options.webhookUrl,
    })
    // By environment, not by argument: the secret must not show in the process list.
    const child = spawnGuarded(this.#options.binary, [], { ...process.env, LIVEKIT_CONFIG: configuration })
    this.#child = child
    const exited = once(child.process, 'exit').then(
      ([code, signal]) => `ended with ${signal ?? `code ${code}`}`
    )
    let lastLine = ''
    if (child.process.stderr) {
      createInterface({ input: child.process.stderr }).on('line', (line) => {
        lastLine = line
        this.#options.onLog?.(line)
      })
    }
    const ready = await Promise.race([this.#becomeReady(), exited])
    if (ready === 'ready') this.#setHealth({ state: 'running', since: new Date() })
    if (ready === 'late') child.process.kill('SIGKILL')
    const started = Date.now()
    const end = await exited
    child.release()
    this.#child = null
    if (Date.now() - started > SOUND_RUN_MS) this.#crashes = 0
    return lastLine === '' ? end : `${end}: ${lastLine}`
  }

  async #becomeReady(): Promise<'ready' | 'late'> {
    const deadline = Date.now() + READY_WITHIN_MS
    const address = `http://127.0.0.1:${this.#ports.signal}/`
    while (Date.now() < deadline) {
      const answered = await fetch(address, { signal: AbortSignal.timeout(1000) }).then(
        (response) => response.ok,
        () => false
      )
      if (answered && (await this.#createRooms())) return 'ready'
      await sleep(25)
    }
    return 'late'
  }

  /** False when the server went away meanwhile, or is not ready for it: then it is asked again. */
  async #createRooms(): Promise<boolean> {
    const client = new RoomServiceClient(
      `http://127.0.0.1:${this.#ports.signal}`,
      this.endpoint.apiKey,
      this.endpoint.apiSecret
    )
    return Promise.all([...this.#rooms.values()].map((room) => client.createRoom(room))).then(
      () => true,
      (error) => {
        this.#options.onLog?.(`rooms could not be created again: ${error}`)
        return false
      }
    )
  }

  #setHealth(health: MediaHealth): void {
    this.#health = health
    for (const listener of this.#listeners) listener(health)
  }
}
