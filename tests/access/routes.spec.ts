import { test } from '@japa/runner'
import { runStep } from '#bin/platform/run_step'
import { seatedReview } from '#tests/support/room_life'
import { signIn, visitor, type Person } from '#tests/support/person'
import { ROOT, testInstance, type TestInstance } from '#tests/support/cluster'
import { AUTHORITY, ORGANISER, POLICY, STRANGERS, WATCHERS, type Fixture, type Row } from './policy.js'

const HIDDEN = [401, 403, 404]

test.group('Access: every route × every role × another project’s object', (group) => {
  let app: TestInstance
  let paths: Record<string, string>
  let fixture: Fixture
  const people = new Map<string, Person>()
  const person = async (mobile: string) => {
    if (!people.has(mobile)) people.set(mobile, await signIn(app.url, mobile))
    return people.get(mobile)!
  }

  group.setup(async () => {
    app = await testInstance({ environment: { MEDIA: 'off' } })
    const review = await seatedReview(app)
    people.set(ORGANISER, review.hosts.organiser)
    // A code of the second factor works once, so a second sign-in within its half minute would be refused.
    people.set(AUTHORITY, review.authority)
    const { rows } = await app.sql.query('SELECT id FROM draw_seats WHERE draw_id = $1 ORDER BY seat', [
      review.drawId,
    ])
    const seatIds: string[] = rows.map(({ id }) => id)
    const drawn = await app.sql.query('SELECT expert_id FROM draw_seats WHERE draw_id = $1', [review.drawId])
    const { planId, reviewId, drawId } = review
    paths = {
      plans: planId,
      reviews: reviewId,
      sessions: reviewId,
      recordings: reviewId,
      draws: drawId,
      experts: drawn.rows[0].expert_id,
      ':number': '1',
      ':seatId': seatIds[0]!,
    }
    fixture = { seatIds }
    return () => app.stop()
  })
  group.each.timeout(180_000)

  test('SEC-2: each route has its row, and each row its route', async ({ assert }) => {
    assert.deepEqual([...(await routes(app))].sort(), Object.keys(POLICY).sort())
  })

  test('SEC-2: without an account nothing but the open routes answers', async ({ assert }) => {
    const stranger = await visitor(app.url)
    for (const [route, row] of Object.entries(POLICY)) {
      if ('open' in row) continue
      const answer = await send(stranger, route, row, paths, fixture)
      assert.equal(answer.status, 401, `${route} answered ${answer.status} without an account`)
    }
  })

  test('SEC-2: what an insider can reach, strangers of every kind are told does not exist', async ({
    assert,
  }) => {
    for (const [route, row] of objectRows()) {
      for (const [who, mobile] of Object.entries(STRANGERS)) {
        const answer = await send(await person(mobile), route, row, paths, fixture)
        assert.include(
          HIDDEN,
          answer.status,
          `${route} as ${who}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 200)}`
        )
      }
    }
  })

  test('ORG-1: centre and authority look, and neither they nor audit change anything of a review', async ({
    assert,
  }) => {
    for (const [route, row] of objectRows()) {
      for (const [who, mobile] of Object.entries(WATCHERS)) {
        const answer = await send(await person(mobile), route, row, paths, fixture)
        const message = `${route} as ${who}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 200)}`
        if (row.readers?.includes(who) && !row.fixtureLacks) assert.notInclude(HIDDEN, answer.status, message)
        else if (!row.readers?.includes(who)) assert.isTrue(isRefused(answer), message)
      }
    }
  })

  test('the rows mean something: their insiders are not told that it does not exist', async ({ assert }) => {
    for (const [route, row] of objectRows()) {
      if (row.fixtureLacks) continue
      const answer = await send(await person(row.insider), route, row, paths, fixture)
      assert.notInclude(
        HIDDEN,
        answer.status,
        `${route}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 200)}`
      )
    }
  })
})

/** The room answers an operation that is not a person's to make with a refusal of that name. */
function isRefused({ status, body }: { status: number; body: any }): boolean {
  return HIDDEN.includes(status) || body?.error?.code === 'E_NOT_YOURS'
}

type ObjectRow = Extract<Row, { object: true }>

function objectRows(): [string, ObjectRow][] {
  return Object.entries(POLICY).filter((entry): entry is [string, ObjectRow] => 'object' in entry[1])
}

/** Puts the fixture's ids into a route's pattern; what is unknown gets an id that nothing has. */
function send(who: Person, route: string, row: Row, paths: Record<string, string>, fixture: Fixture) {
  const [method, pattern] = route.split(' ') as [string, string]
  const parts = pattern.split('/')
  const path = parts
    .map((part, at) =>
      part.startsWith(':')
        ? (paths[part] ?? paths[parts[at - 1]!] ?? '01a203ab-0000-7000-8000-000000000000')
        : part
    )
    .join('/')
  if (pattern.endsWith('/events')) return headOf(who, path)
  const query = pattern.endsWith('/compare') ? '?from=1&to=1' : ''
  return who.request(method, path + query, method === 'GET' ? undefined : bodyOf(row, fixture))
}

function bodyOf(row: Row, fixture: Fixture): unknown {
  const body = 'body' in row ? row.body : {}
  return typeof body === 'function' ? body(fixture) : (body ?? {})
}

/** An event stream never ends by itself: its status is what counts. */
async function headOf(who: Person, path: string) {
  const abort = new AbortController()
  const response = await fetch(new URL(path, who.url), {
    headers: { cookie: who.cookieHeader },
    signal: abort.signal,
  })
  abort.abort()
  return { status: response.status, body: null }
}

async function routes(app: TestInstance): Promise<Set<string>> {
  const command = ['--import=./bin/typescript.mjs', 'bin/console.ts', 'list:routes', '--json']
  const listed = await runStep(process.execPath, command, {
    cwd: ROOT,
    env: { ...app.instance.environment, NODE_NO_WARNINGS: '1' },
  })
  const found = new Set<string>()
  for (const domain of JSON.parse(listed.output)) {
    for (const { methods, pattern } of domain.routes) {
      for (const method of methods) if (method !== 'HEAD') found.add(`${method} ${pattern}`)
    }
  }
  return found
}
