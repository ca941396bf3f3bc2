import type { ReadFile } from '#lib/ledger/verify_folder'

const TIMEOUT_MS = 20_000

/** No answer, or one of a machine in trouble: says nothing of the log. */
export class NobodyAnswered extends Error {
  override readonly name = 'NobodyAnswered'
}

/** Files below a log's prefix over HTTP. @throws NobodyAnswered */
export function httpFiles(prefix: string): ReadFile {
  return (path) => fetchFile(`${prefix.replace(/\/+$/, '')}/${path}`)
}

export async function fetchFile(url: string): Promise<Uint8Array | null> {
  let response: Response
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (response.ok && !isPage(response)) return new Uint8Array(await response.arrayBuffer())
  } catch (error) {
    throw new NobodyAnswered(`${url}: ${String((error as Error).cause ?? error)}`)
  }
  if (response.status === 404) return null
  if (response.ok) throw new NobodyAnswered(`${url}: a web page, no ledger. Its address ends in /log`)
  throw new NobodyAnswered(`${url}: ${response.status}`)
}

/** A site answers what it does not know with its own page: that says nothing of a ledger. */
function isPage(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/html') ?? false
}
