import dgram from 'node:dgram'
import { syncBuiltinESMExports } from 'node:module'

/** Linux's default of 208 KiB overflows when the loop stalls for 0.3 s with six participants. */
const WANTED_BYTES = 4 * 1024 * 1024

/**
 * Makes every UDP socket created from now on ask for a large receive buffer, and tells what it got (the system's
 * `net.core.rmem_max` may allow less). To be called before anything that opens sockets is loaded.
 */
export function enlargeUdpReceiveBuffers(onObtained: (bytes: number) => void): void {
  const original = dgram.createSocket
  const enlarged = (...args: Parameters<typeof original>): dgram.Socket => {
    const socket = original(...args)
    socket.once('listening', () => {
      socket.setRecvBufferSize(WANTED_BYTES)
      onObtained(socket.getRecvBufferSize())
    })
    return socket
  }
  // The second signature takes an options object or a type: both pass through.
  dgram.createSocket = enlarged as typeof original
  syncBuiltinESMExports()
}
