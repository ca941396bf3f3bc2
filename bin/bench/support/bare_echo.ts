import { fork } from 'node:child_process'
import { once } from 'node:events'
import { io, type Socket } from 'socket.io-client'

/** As many clients of a bare Socket.IO server, which runs in a process of its own as the app does. */
export class BareEcho {
  private constructor(
    readonly sockets: readonly [Socket, ...Socket[]],
    readonly stop: () => void
  ) {}

  static async start(count: number): Promise<BareEcho> {
    const server = fork(new URL('./bare_echo_server.ts', import.meta.url), {
      execArgv: ['--import=./bin/typescript.mjs'],
    })
    const [port] = await once(server, 'message')
    const sockets: Socket[] = []
    for (let n = 0; n < count; n++) {
      const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true })
      await new Promise((resolve) => socket.once('connect', () => resolve(undefined)))
      sockets.push(socket)
    }
    return new BareEcho(sockets as [Socket, ...Socket[]], () => {
      for (const socket of sockets) socket.disconnect()
      server.kill()
    })
  }
}
