import { testInstance, type TestInstance } from '#tests/support/cluster'
import { signIn, type Person } from '#tests/support/person'
import { readyPlan, signInHosts, until } from '#tests/support/draw_life'
import type { OpenPlan } from '#tests/support/plan_life'
import { heldMeeting } from '#tests/api/reports/support/held_meeting'

export const PANEL = ['19900001001', '19900001002', '19900001003', '19900001004', '19900001005'] as const

export const reportInstance = () => testInstance({ witness: false })

export interface ConcludedReview {
  readonly reviewId: string
  readonly reportId: string
  readonly planId: string
  /** Leader first. */
  readonly panel: Person[]
  readonly organiser: Person
}

/** given: a review that concluded 修改后通过 with these members, its report open for the leader. */
export async function concludedReview(
  app: TestInstance,
  mobiles: readonly string[] = PANEL
): Promise<ConcludedReview> {
  const hosts = await signInHosts(app.url)
  return concludedPlan(app, hosts.organiser, await readyPlan(hosts), mobiles)
}

/** given: the same of a plan whose review was asked for. */
export async function concludedPlan(
  app: TestInstance,
  organiser: Person,
  plan: OpenPlan,
  mobiles: readonly string[] = PANEL
): Promise<ConcludedReview> {
  const panel = await Promise.all(mobiles.map((mobile) => signIn(app.url, mobile)))
  const users = await Promise.all(
    panel.map(async (person) => (await person.get('/api/session')).body.user.id as string)
  )
  await heldMeeting(app.sql, { reviewId: plan.reviewId, planId: plan.id, users })
  const listed = () => panel[0]!.get(`/api/reports?review=${plan.reviewId}`)
  const { body } = await until(listed, ({ body }) => body.reports?.length === 1, 'the report')
  return {
    reviewId: plan.reviewId,
    reportId: body.reports[0].id,
    planId: plan.id,
    panel,
    organiser,
  }
}

/** when: the leader has read the text over, worded the overview, and has it certified. */
export async function certified(
  review: ConcludedReview,
  overview = '地下三层，基坑开挖深度 13.8 m，排桩加两道混凝土内支撑。'
): Promise<string> {
  const leader = review.panel[0]!
  const path = `/api/reports/${review.reportId}`
  const { writing } = (await leader.get(path)).body
  const saved = await leader.put(`${path}/texts`, {
    overview,
    answers: writing.answers,
    revision: writing.revision,
  })
  if (saved.status !== 200) throw new Error(`texts: ${JSON.stringify(saved.body)}`)
  const done = await leader.post(`${path}/certify`, { revision: saved.body.revision })
  if (done.status !== 200) throw new Error(`certify: ${JSON.stringify(done.body)}`)
  return done.body.sha256
}
