/**
 * One operation of the review room, from the page that asks for it to the last of twelve screens: checked,
 * written with its ledger entry in one transaction, made durable, numbered and delivered. Beside a bare Socket.IO
 * server that sends what it gets to as many clients, and beside one committed row in the same PostgreSQL. First
 * without cameras, then with three that publish through livekit-server and are recorded.
 */
import pg from 'pg'
import { BareEcho } from '#bin/bench/support/bare_echo'
import { mediaReady, publishCameras } from '#bin/bench/support/cameras'
import { besideEachOther, ms, percentile, report, type Figure } from '#bin/bench/support/figures'
import { openMeeting } from '#bin/bench/support/open_meeting'

const SCREENS = 12
const CAMERAS = 3
const ROUNDS = 200
const PAUSE_MS = 50
const SETTLE_MS = 8_000

const databaseUrl = process.env.DATABASE_OWNER_URL!
const { screens, reviewId, versionId, pages } = await openMeeting(
  process.env.BENCH_URL!,
  databaseUrl,
  SCREENS
)
const [leader] = screens
const echo = await BareEcho.start(SCREENS)
const client = new pg.Client({ connectionString: databaseUrl })
await client.connect()
await client.query('CREATE TABLE bench_commits (id integer, body jsonb)')

/** Told how many screens have shown what the round did. */
let seen: () => void = () => undefined
for (const screen of screens) screen.onEvent(({ type }) => type === 'page.turned' && seen())
for (const socket of echo.sockets) socket.on('events', () => seen())

function untilSeenByAll(): Promise<void> {
  let missing = SCREENS
  return new Promise((resolve) => {
    seen = () => {
      missing -= 1
      if (missing === 0) resolve()
    }
  })
}

async function turnPage(round: number): Promise<void> {
  const all = untilSeenByAll()
  await leader.must('page.turn', { versionId, page: 1 + ((round + 1) % pages) })
  await all
}

async function bare(round: number): Promise<void> {
  const all = untilSeenByAll()
  const message = { reviewId, channel: 'room', events: [{ type: 'page.turned', data: { versionId, round } }] }
  await new Promise((resolve) => echo.sockets[0].emit('op', message, resolve))
  await all
}

const commit = (round: number) =>
  client.query('INSERT INTO bench_commits VALUES ($1, $2)', [round, JSON.stringify({ versionId, round })])
const rest = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS))

async function figuresOf(circumstances: string): Promise<Figure[]> {
  const [ours, , theirs, , row] = await besideEachOther(ROUNDS, [turnPage, rest, bare, rest, commit])
  const text = (times: number[]) => `${ms(percentile(times, 0.5))}, p95 ${ms(percentile(times, 0.95))}`
  const line = (what: string, beside: string, other: number[]): Figure => ({
    what,
    ours: text(ours!),
    beside: `${text(other)}: ${beside}`,
    ratio: percentile(ours!, 0.5) / percentile(other, 0.5),
    ratioMeans: `times its time, medians (p95: ${(percentile(ours!, 0.95) / percentile(other, 0.95)).toFixed(1)})`,
  })
  return [
    line(
      `operation, durable, on all ${SCREENS} screens; ${circumstances}`,
      `bare Socket.IO to ${SCREENS} clients, nothing kept`,
      theirs!
    ),
    line('the same', 'one row committed in the same PostgreSQL', row!),
  ]
}

const media = await mediaReady(leader.person, reviewId)
await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
const figures = await figuresOf(media.ok ? 'no camera on' : `without video (${media.why})`)
if (media.ok) {
  const people = screens.slice(0, CAMERAS).map(({ person }) => person)
  const browser = await publishCameras(people, reviewId)
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const { state } = await leader.person.send('GET', `/api/sessions/${reviewId}/recording`)
  const circumstances = `${CAMERAS} cameras on${state === 'recording' ? ' and recorded' : `, recording ${state}`}`
  figures.push(...(await figuresOf(`${circumstances}, their browser on the same cores`)))
  await browser.close()
}
for (const screen of screens) screen.close()
echo.stop()
await client.end()
report(figures)
process.exit(0)
