import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { canonicalJson } from '#lib/canonical_json'

/** How a witness behaves that is not what it should be. */
export type WitnessMood = 'honest' | 'silent' | 'forged' | 'cosigns_only'

/** Stands between the application and the witness: passes on, keeps silent, or answers with a proof of its own making. */
export class WitnessProxy {
  mood: WitnessMood = 'honest'
  readonly #server: Server

  private constructor(readonly target: string) {
    this.#server = createServer((request, response) => {
      void (async () => {
        const chunks: Buffer[] = []
        for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
        const silent = this.mood === 'cosigns_only' && request.url?.startsWith('/evaluate')
        if (this.mood === 'silent' || silent) return response.destroy()
        const answer = await fetch(new URL(request.url ?? '/', this.target), {
          method: request.method!,
          headers: request.headers as Record<string, string>,
          ...(request.method === 'POST' ? { body: Buffer.concat(chunks) } : {}),
        })
        const text = await answer.text()
        response.writeHead(answer.status, { 'content-type': 'application/json' })
        response.end(this.mood === 'forged' ? forged(text) : text)
      })().catch(() => response.destroy())
    })
  }

  static async to(target: string): Promise<WitnessProxy> {
    const proxy = new WitnessProxy(target)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

function forged(text: string): string {
  const answer = JSON.parse(text)
  if (answer.value?.proof) answer.value.proof = answer.value.proof.replace(/^../, '00')
  return canonicalJson(answer)
}
