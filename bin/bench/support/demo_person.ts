import { readFile } from 'node:fs/promises'
import { generateSync } from 'otplib'
import { demoTotpSecret } from '#demo/demo_totp'
import { DEMO_PASSWORD } from '#identity/domain/demo_password'

/** A demo person signed in over HTTP, with the cookies that a browser would hold. */
export class DemoPerson {
  #cookies = new Map<string, string>()

  private constructor(readonly url: string) {}

  /** Second factor included, where the account has one. @throws when the app refuses. */
  static async signIn(url: string, mobile: string): Promise<DemoPerson> {
    const person = new DemoPerson(url)
    await person.send('GET', '/api/session')
    const first = await person.send('POST', '/api/sign-in', { mobile, password: DEMO_PASSWORD })
    if (first.next === 'totp') {
      await person.send('POST', '/api/sign-in/totp', {
        code: generateSync({ secret: demoTotpSecret(mobile) }),
      })
    }
    return person
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** The answer's JSON. @throws with status and body when it is none of success. */
  async send(method: 'GET' | 'POST', path: string, body?: object): Promise<any> {
    const token = this.#cookies.get('XSRF-TOKEN')
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: {
        cookie: this.cookie,
        ...(token ? { 'x-xsrf-token': decodeURIComponent(token) } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair] = cookie.split(';')
      const at = pair!.indexOf('=')
      this.#cookies.set(pair!.slice(0, at), pair!.slice(at + 1))
    }
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 400)}`)
    return text ? JSON.parse(text) : null
  }
}

/** Mobile numbers of the demonstration's experts by their roster number. */
export async function expertMobiles(): Promise<Map<string, string>> {
  const experts: { roster_no: string; mobile: string }[] = JSON.parse(
    await readFile('resources/demo/experts.json', 'utf8')
  )
  return new Map(experts.map(({ roster_no, mobile }) => [roster_no, mobile]))
}
