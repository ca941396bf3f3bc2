import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Below those that Linux gives to outgoing connections, which could take the port of a process that restarts. */
const FIRST = 20_000
const END = 32_000

/** A TCP port on loopback that is free now. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, END)
    if (!(await portTaken(port))) return port
  }
}

/** Whether something else listens there. */
export function portTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.on('error', () => resolve(true))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)))
  })
}
