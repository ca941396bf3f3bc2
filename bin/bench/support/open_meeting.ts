import pg from 'pg'
import { moveClock } from '#bin/story/clock'
import { DemoPerson, expertMobiles } from '#bin/bench/support/demo_person'
import { Screen } from '#bin/bench/support/screen'

/** Who comes beside the panel, of the demonstration's people: those whose mobile leads a party of the plan, and supervisors. */
const SUPERVISORS = ['19900000008', '19900000009', '19900000013']
const HOSTS = ['19900000001', '19900000020']
const PARTIES = ['19900000002', '19900000003', '19900000005', '19900000006', '19900000007', '19900000021']
const MINUTES_BEFORE = 10

export interface OpenMeeting {
  readonly reviewId: string
  readonly versionId: string
  readonly pages: number
  /** The leader first; he presents. */
  readonly screens: readonly [Screen, ...Screen[]]
}

/**
 * The demonstration's meeting with a confirmed panel, opened: the clock is moved to its appointed time, the
 * panel has handed in, everybody is in the room. As many screens as asked, the panel's first.
 */
export async function openMeeting(url: string, databaseUrl: string, count: number): Promise<OpenMeeting> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const meeting = await client.query(
    `SELECT s.review_id, s.version_id, s.scheduled_at, v.page_count FROM review_sessions s
       JOIN plan_versions v ON v.id = s.version_id
       WHERE s.started_at IS NULL AND s.scheduled_at IS NOT NULL ORDER BY s.scheduled_at LIMIT 1`
  )
  if (meeting.rowCount === 0) throw new Error('The demonstration has no meeting with a confirmed panel')
  const { review_id: reviewId, version_id: versionId, scheduled_at: at, page_count: pages } = meeting.rows[0]
  const seats = await client.query(
    `SELECT roster_no FROM session_seats WHERE review_id = $1 AND left_at IS NULL ORDER BY letter`,
    [reviewId]
  )
  await client.end()
  await moveClock(url, new Date(at.getTime() - MINUTES_BEFORE * 60_000))
  const mobiles = await expertMobiles()
  const screens: Screen[] = []
  for (const { roster_no: rosterNo } of seats.rows) {
    const expert = await DemoPerson.signIn(url, mobiles.get(rosterNo)!)
    const screen = await Screen.enter(expert, reviewId)
    if (!screen.complete)
      await screen.must('opinion.submit', { opinionIds: [], nothingBecause: '已通读全文，没有另外的意见' })
    screens.push(screen)
  }
  for (const mobile of [...SUPERVISORS, ...HOSTS, ...PARTIES]) {
    if (screens.length >= count) break
    const person = await DemoPerson.signIn(url, mobile)
    if (await hasPlace(person, reviewId)) screens.push(await Screen.enter(person, reviewId))
  }
  if (screens.length < count) throw new Error(`${screens.length} people have a place in the meeting`)
  const [leader, ...others] = screens as [Screen, ...Screen[]]
  await moveClock(url, at)
  await leader.must('meeting.open', {})
  return { reviewId, versionId, pages, screens: [leader, ...others] }
}

async function hasPlace(person: DemoPerson, reviewId: string): Promise<boolean> {
  const { sessions } = await person.send('GET', '/api/sessions')
  return sessions.some((session: { reviewId: string }) => session.reviewId === reviewId)
}
