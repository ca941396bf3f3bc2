import { ApiError, errorFromAnswer } from './api_error.ts'
import { uuidv7 } from './uuid.ts'

export { ApiError } from './api_error.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface CallOptions {
  /** Milliseconds until E_TIMEOUT; 15,000 by default. */
  timeoutMs?: number
  signal?: AbortSignal
  /** Made by `action()`; the same key goes with every retry of one action of the person. */
  idempotencyKey?: string
  fetch?: typeof fetch
}

const defaultTimeoutMs = 15_000
const readsOnly = new Set<Method>(['GET'])

type Listener = () => void
const signedOutListeners = new Set<Listener>()

/** Called whenever the server answers that nobody is signed in; returns how to stop listening. */
export function onSignedOut(listener: Listener): () => void {
  signedOutListeners.add(listener)
  return () => signedOutListeners.delete(listener)
}

/** The token that the server put into the cookie XSRF-TOKEN; it comes back in a header. */
export function xsrfToken(cookies: string): string | null {
  const found = cookies.split('; ').find((cookie) => cookie.startsWith('XSRF-TOKEN='))
  return found ? decodeURIComponent(found.slice('XSRF-TOKEN='.length)) : null
}

function headersFor(method: Method, hasBody: boolean, key: string | undefined): Headers {
  const headers = new Headers({ accept: 'application/json' })
  if (hasBody) headers.set('content-type', 'application/json')
  if (readsOnly.has(method)) return headers
  const token = xsrfToken(document.cookie)
  if (token) headers.set('x-xsrf-token', token)
  headers.set('idempotency-key', key ?? uuidv7())
  return headers
}

function failure(error: unknown, timedOut: boolean): ApiError {
  if (timedOut) return new ApiError({ status: 0, code: 'E_TIMEOUT' })
  if (!navigator.onLine) return new ApiError({ status: 0, code: 'E_OFFLINE' })
  if (error instanceof SyntaxError) return new ApiError({ status: 0, code: 'E_UNREADABLE' })
  return new ApiError({ status: 0, code: 'E_NETWORK' })
}

/**
 * One call under /api with the session's cookie. Resolves with the JSON body (undefined for 204).
 * Throws ApiError for every answer but 2xx and for none; an abort by the caller's signal throws its reason.
 */
export async function call<T>(
  method: Method,
  path: string,
  body?: unknown,
  options: CallOptions = {}
): Promise<T> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? defaultTimeoutMs)
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout
  let response: Response
  let text: string
  try {
    response = await (options.fetch ?? fetch)(path, {
      method,
      credentials: 'same-origin',
      headers: headersFor(method, body !== undefined, options.idempotencyKey),
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    })
    text = await response.text()
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw failure(error, timeout.aborted)
  }
  const requestId = response.headers.get('x-request-id')
  let parsed: unknown
  try {
    parsed = text === '' ? undefined : JSON.parse(text)
  } catch (error) {
    // A proxy's HTML page: the status says more than the body.
    if (response.ok) throw failure(error, false)
  }
  if (response.status === 401) for (const listener of signedOutListeners) listener()
  if (!response.ok) throw errorFromAnswer(response.status, parsed, requestId)
  return parsed as T
}

export const api = {
  get: <T>(path: string, options?: CallOptions) => call<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options?: CallOptions) =>
    call<T>('POST', path, body ?? {}, options),
  put: <T>(path: string, body?: unknown, options?: CallOptions) => call<T>('PUT', path, body ?? {}, options),
  patch: <T>(path: string, body?: unknown, options?: CallOptions) =>
    call<T>('PATCH', path, body ?? {}, options),
  delete: <T>(path: string, options?: CallOptions) => call<T>('DELETE', path, undefined, options),
}
