import { randomUUID } from 'node:crypto'
import { DEMO_PASSWORD } from '#identity/domain/demo_password'
import { demoTotpSecret } from '#demo/demo_totp'
import { generateSync } from 'otplib'

export interface Answer<T = any> {
  readonly status: number
  readonly body: T
  readonly headers: Headers
}

/** One browser's worth of cookies, speaking to the API as the web app does. */
export class Person {
  #cookies = new Map<string, string>()

  constructor(
    readonly url: string,
    readonly mobile: string | null = null
  ) {}

  get cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async request<T = any>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {}
  ): Promise<Answer<T>> {
    const token = this.#cookies.get('XSRF-TOKEN')
    const raw = body instanceof Uint8Array || body instanceof FormData || typeof body === 'string'
    const response = await fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      headers: {
        ...(this.#cookies.size > 0 ? { cookie: this.cookieHeader } : {}),
        ...(token ? { 'x-xsrf-token': decodeURIComponent(token) } : {}),
        ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : raw ? (body as BodyInit) : JSON.stringify(body),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair] = cookie.split(';')
      const at = pair!.indexOf('=')
      this.#cookies.set(pair!.slice(0, at), pair!.slice(at + 1))
    }
    const text = await response.text()
    const json = response.headers.get('content-type')?.includes('application/json')
    return {
      status: response.status,
      body: json ? JSON.parse(text) : (text as any),
      headers: response.headers,
    }
  }

  get<T = any>(path: string, headers?: Record<string, string>) {
    return this.request<T>('GET', path, undefined, headers)
  }

  post<T = any>(path: string, body: unknown = {}, headers?: Record<string, string>) {
    return this.request<T>('POST', path, body, headers)
  }

  /** A press whose answer is a file. */
  async fileOf(path: string): Promise<{ status: number; bytes: Uint8Array }> {
    const token = decodeURIComponent(this.#cookies.get('XSRF-TOKEN') ?? '')
    const headers = { cookie: this.cookieHeader, 'x-xsrf-token': token }
    const response = await fetch(new URL(path, this.url), { method: 'POST', headers })
    return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) }
  }

  patch<T = any>(path: string, body: unknown = {}) {
    return this.request<T>('PATCH', path, body)
  }

  put<T = any>(path: string, body: unknown = {}) {
    return this.request<T>('PUT', path, body)
  }

  delete<T = any>(path: string) {
    return this.request<T>('DELETE', path)
  }

  /** A button press: one key, however often it is sent. */
  press<T = any>(path: string, body: unknown = {}, key: string = randomUUID()) {
    return this.request<T>('POST', path, body, { 'idempotency-key': key })
  }
}

const lastCodes = new Map<string, string>()

/** A code is taken once: who signs in again within its half minute waits for the next. */
async function unusedCode(url: string, mobile: string): Promise<string> {
  for (;;) {
    const code = generateSync({ secret: demoTotpSecret(mobile) })
    if (lastCodes.get(`${url} ${mobile}`) !== code) {
      lastCodes.set(`${url} ${mobile}`, code)
      return code
    }
    await new Promise((done) => setTimeout(done, 500))
  }
}

/** A visitor with a CSRF token and no account. */
export async function visitor(url: string): Promise<Person> {
  const person = new Person(url)
  await person.get('/api/session')
  return person
}

/** Signs a demo person in, second factor included. @throws when the app refuses. */
export async function signIn(url: string, mobile: string, password = DEMO_PASSWORD): Promise<Person> {
  const person = new Person(url, mobile)
  await person.get('/api/session')
  const first = await person.post('/api/sign-in', { mobile, password })
  if (first.status !== 200)
    throw new Error(`sign-in ${mobile}: ${first.status} ${JSON.stringify(first.body)}`)
  if (first.body.next === 'totp') {
    const second = await person.post('/api/sign-in/totp', {
      code: await unusedCode(url, mobile),
    })
    if (second.status !== 200)
      throw new Error(`second factor ${mobile}: ${second.status} ${JSON.stringify(second.body)}`)
  }
  return person
}
