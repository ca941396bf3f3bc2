const DAY_MS = 86_400_000
const SHANGHAI_MS = 8 * 3_600_000

/** Midnight in Asia/Shanghai of the last Monday that lies at least so many days before now. */
export function firstMonday(daysAgo: number, now = Date.now()): number {
  const local = now + SHANGHAI_MS - daysAgo * DAY_MS
  const midnight = local - (local % DAY_MS)
  const sinceMonday = (new Date(midnight).getUTCDay() + 6) % 7
  return midnight - sinceMonday * DAY_MS - SHANGHAI_MS
}

/** The instant of a wall-clock time in Asia/Shanghai on the n-th day of the story, from 0. */
export function instant(first: number, day: number, time: string): Date {
  const [hour, minute] = time.split(':').map(Number)
  return new Date(first + day * DAY_MS + (hour! * 60 + minute!) * 60_000)
}

/** What a date and time field of the pages takes: the wall clock of Asia/Shanghai. */
export function fieldText(at: Date): string {
  return new Date(at.getTime() + SHANGHAI_MS).toISOString().slice(0, 16)
}

/** Moves the application's clock, by the address that only a demonstration has. @throws when it refuses. */
export async function moveClock(url: string, at: Date): Promise<void> {
  const first = await fetch(`${url}/api/session`)
  const cookies = first.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!)
  const token = cookies.find((pair) => pair.startsWith('XSRF-TOKEN='))?.slice('XSRF-TOKEN='.length)
  const answer = await fetch(`${url}/api/demo/clock`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie: cookies.join('; '),
      'x-xsrf-token': decodeURIComponent(token ?? ''),
    },
    body: JSON.stringify({ at: at.toISOString() }),
  })
  if (!answer.ok)
    throw new Error(`The clock did not move to ${at.toISOString()}: ${answer.status} ${await answer.text()}`)
}

export async function businessTime(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/session`)
  return ((await answer.json()) as { now: string }).now
}
