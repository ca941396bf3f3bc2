import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sha256, toHex, fromHex } from '#lib/bytes'
import type { LocalBeacon } from '#tests/support/local_beacon'

/** How a server of a beacon behaves that is not what it should be. */
export type BeaconMood =
  'honest' | 'down' | 'not_out' | 'late' | 'other_round' | 'other_chain' | 'garbage' | 'endless'

/** Passes on the values of a beacon over drand's HTTP interface, honestly or not. */
export class BeaconServer {
  mood: BeaconMood = 'honest'
  /** Rounds that were asked for. */
  readonly asked: number[] = []
  readonly #server: Server

  private constructor(beacon: LocalBeacon, other: LocalBeacon) {
    this.#server = createServer((request, response) => {
      const round = Number(/\/public\/(\d+)$/.exec(request.url ?? '')?.[1])
      if (!request.url?.startsWith(`/${beacon.chain.chain}/`) || !round) return response.writeHead(404).end()
      this.asked.push(round)
      if (this.mood === 'down') return response.destroy()
      if (this.mood === 'late') return undefined
      if (this.mood === 'not_out') return response.writeHead(404).end('{"error":"not yet"}')
      response.writeHead(200, { 'content-type': 'application/json' })
      if (this.mood === 'garbage') return response.end('<html>')
      if (this.mood === 'endless') return response.end(`{"signature":"${'00'.repeat(1 << 20)}"}`)
      const signature = (this.mood === 'other_chain' ? other : beacon).sign(
        this.mood === 'other_round' ? round - 1 : round
      )
      return response.end(JSON.stringify({ round, signature, randomness: toHex(sha256(fromHex(signature))) }))
    })
  }

  static async of(beacon: LocalBeacon, other: LocalBeacon): Promise<BeaconServer> {
    const server = new BeaconServer(beacon, other)
    server.#server.listen(0, '127.0.0.1')
    await once(server.#server, 'listening')
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}
