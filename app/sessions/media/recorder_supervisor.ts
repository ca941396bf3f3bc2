import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MediaServer } from './media_health.ts'
import { mintRecorderToken } from './media_tokens.ts'
import type { RecorderCommand, RecorderMessage, RecorderState } from './recorder/recorder_messages.ts'

export interface RecorderOptions {
  server: MediaServer
  room: string
  /** Folder of this review's recording, made when missing. */
  folder: string
  /** Where bin/recorder.ts is. */
  projectRoot: string
  /** Everything the recorder says, its own end and restart included: what the event log is told. */
  onMessage: (message: RecorderMessage) => void
}

/** Keeps the heap flat: 100 MB + 10 MB for each participant. */
const NODE_OPTIONS = ['--max-old-space-size=48', '--max-semi-space-size=4']
const RESTART_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 5000
/** Closing the files takes moments; after this the process is ended by force. */
const STOP_WITHIN_MS = 8000

/** Runs the recorder of one review in a process of its own, and starts it again whenever it ends unasked. */
export class RecorderSupervisor {
  #options: RecorderOptions
  #child: ChildProcess | null = null
  #stopping = new AbortController()
  #state: RecorderState = 'joining'
  #loop: Promise<void>

  constructor(options: RecorderOptions) {
    this.#options = options
    this.#loop = this.#run()
  }

  get state(): RecorderState {
    return this.#state
  }

  /** The pid of the recorder's process, for whoever measures it. */
  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  /** Lets the recorder close its files and leave; returns when its process has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#send({ type: 'stop' })
    const force = setTimeout(() => this.#child?.kill('SIGKILL'), STOP_WITHIN_MS)
    await this.#loop
    clearTimeout(force)
    this.#state = 'stopped'
  }

  async #run(): Promise<void> {
    let failures = 0
    while (!this.#stopping.signal.aborted) {
      const started = Date.now()
      const end = await this.#runOnce().catch((error) => `could not be started: ${error}`)
      if (this.#stopping.signal.aborted) return
      failures = Date.now() - started > LONGEST_PAUSE_MS ? 0 : failures + 1
      this.#tell({ type: 'state', state: 'reconnecting', at: Date.now(), detail: `recorder process ${end}` })
      const pause = Math.min(LONGEST_PAUSE_MS, RESTART_PAUSE_MS * (2 ** failures - 1))
      await sleep(pause, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
    }
  }

  /** One life of the process; answers with what is known of its end. */
  async #runOnce(): Promise<string> {
    const endpoint = this.#options.server.endpoint
    if (endpoint === null) return 'waits for a media server'
    await mkdir(this.#options.folder, { recursive: true })
    const configuration = JSON.stringify({ url: endpoint.url, folder: this.#options.folder })
    const child = fork(join(this.#options.projectRoot, 'bin', 'recorder.ts'), [configuration], {
      execArgv: NODE_OPTIONS,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.#child = child
    if (this.#stopping.signal.aborted) this.#send({ type: 'stop' })
    child.on('message', (message: RecorderMessage) => {
      if (message.type === 'token_wanted') void this.#giveToken(child)
      else this.#tell(message)
    })
    const [code, signal] = await once(child, 'exit')
    this.#child = null
    return signal ? `was killed (${signal})` : `ended with code ${code}`
  }

  /** The secret stays here: the recorder is given a token for each attempt, good for one room and a minute. */
  async #giveToken(child: ChildProcess): Promise<void> {
    const endpoint = this.#options.server.endpoint
    // Without a server there is nothing to join: the next life of the process asks again.
    if (endpoint === null) return void child.kill()
    const token = await mintRecorderToken(endpoint, this.#options.room)
    if (child.connected) child.send({ type: 'token', token } satisfies RecorderCommand)
  }

  #send(command: RecorderCommand): void {
    if (this.#child?.connected) this.#child.send(command)
  }

  #tell(message: RecorderMessage): void {
    if (message.type === 'state') this.#state = message.state
    this.#options.onMessage(message)
  }
}
