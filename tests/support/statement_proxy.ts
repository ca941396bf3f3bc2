import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { once } from 'node:events'

export interface Statement {
  /** Its text, with runs of white space as one space. */
  readonly text: string
  /** Which one of this text it is since the record began, from 1. */
  readonly occurrence: number
}

interface Trap {
  readonly at: Statement
  /** Before it reaches the database, or once the database has done it and before the client learns so. */
  readonly when: 'before' | 'after'
  readonly spring: () => void
}

/**
 * Stands between the application and PostgreSQL (protocol 3.0, no TLS), passes everything on byte for byte, and
 * counts statements by their text: what happens at one of them can happen at each of them.
 */
export class StatementProxy {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #seen = new Map<string, number>()
  #order: Statement[] = []
  #trap: Trap | null = null
  #target: number

  private constructor(target: number) {
    this.#target = target
    this.#server = createServer((client) => this.#serve(client))
  }

  static async to(port: number): Promise<StatementProxy> {
    const proxy = new StatementProxy(port)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** The database came back on another port. */
  retarget(port: number): void {
    this.#target = port
  }

  /** Forgets what was seen. */
  record(): void {
    this.#seen = new Map()
    this.#order = []
  }

  /** Statements since `record`, in their order. */
  get recorded(): readonly Statement[] {
    return this.#order
  }

  /** Springs once; occurrences count from here. */
  set(at: Statement, when: Trap['when'], spring: () => void): void {
    this.record()
    this.#trap = { at, when, spring }
  }

  get sprung(): boolean {
    return this.#trap === null
  }

  disarm(): void {
    this.#trap = null
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #serve(client: Socket): void {
    const database = connect(this.#target, '127.0.0.1')
    let after: (() => void) | null = null
    for (const socket of [client, database]) {
      this.#sockets.add(socket)
      // Messages are passed on one by one: held back for an acknowledgement, each statement would take 40 ms.
      socket.setNoDelay(true)
      // A killed side ends both; that is what this is for.
      socket.on('error', () => undefined)
      socket.on('close', () => {
        this.#sockets.delete(socket)
        client.destroy()
        database.destroy()
      })
    }
    const texts = new Map<string, string>()
    const portals = new Map<string, string>()
    const reader = new Messages((type, body, whole) => {
      const text = statementOf(type, body, texts, portals)
      const trap = text === null ? null : this.#meet(text)
      if (trap?.when === 'before') trap.spring()
      if (trap?.when === 'after') after = trap.spring
      database.write(whole)
    })
    client.on('data', (chunk) => reader.take(chunk))
    database.on('data', (chunk) => {
      // The first answer after the statement: it has been done.
      after?.()
      after = null
      client.write(chunk)
    })
  }

  #meet(text: string): Trap | null {
    const occurrence = (this.#seen.get(text) ?? 0) + 1
    this.#seen.set(text, occurrence)
    this.#order.push({ text, occurrence })
    const trap = this.#trap
    if (!trap || trap.at.text !== text || trap.at.occurrence !== occurrence) return null
    this.#trap = null
    return trap
  }
}

/** The statement that a frontend message runs, or null: simple queries, and Execute of what was parsed and bound. */
function statementOf(
  type: string,
  body: Buffer,
  texts: Map<string, string>,
  portals: Map<string, string>
): string | null {
  if (type === 'Q') return oneLine(body.toString('utf8', 0, body.length - 1))
  const [first, rest] = cString(body)
  if (type === 'P') texts.set(first, oneLine(cString(rest)[0]))
  if (type === 'B') portals.set(first, texts.get(cString(rest)[0]) ?? '')
  return type === 'E' ? (portals.get(first) ?? '') : null
}

function cString(bytes: Buffer): [string, Buffer] {
  const end = bytes.indexOf(0)
  return end < 0 ? ['', bytes] : [bytes.toString('utf8', 0, end), bytes.subarray(end + 1)]
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** Cuts a client's bytes into messages; the first one has no type. */
class Messages {
  #held = Buffer.alloc(0)
  #started = false
  readonly #tell: (type: string, body: Buffer, whole: Buffer) => void

  constructor(tell: (type: string, body: Buffer, whole: Buffer) => void) {
    this.#tell = tell
  }

  take(chunk: Buffer): void {
    this.#held = Buffer.concat([this.#held, chunk])
    for (;;) {
      const head = this.#started ? 1 : 0
      if (this.#held.length < head + 4) return
      const length = head + this.#held.readInt32BE(head)
      if (this.#held.length < length) return
      const whole = this.#held.subarray(0, length)
      this.#held = this.#held.subarray(length)
      this.#tell(this.#started ? String.fromCharCode(whole[0]!) : '', whole.subarray(head + 4), whole)
      this.#started = true
    }
  }
}
