import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { TestInstance } from '#tests/support/cluster'
import { decide, handedOver, openPlan, type OpenPlan } from '#tests/support/plan_life'
import { signIn, type Person } from '#tests/support/person'
import type { PlanPdfOptions } from '#tests/support/plan_pdf'

const PLAN_DATA = {
  name: '五象湖 A-07 地块深基坑工程专项施工方案',
  projectName: '五象湖 A-07 地块商住项目',
  projectPlace: '良庆区五象湖东路 8 号',
  permit: '450108202603050101',
  summary: '',
  reviewKind: 'lunzheng',
  voluntaryReason: null,
  bySubcontractor: false,
}

export interface Hosts {
  readonly organiser: Person
  readonly head: Person
  readonly supervisor: Person
}

export async function signInHosts(url: string): Promise<Hosts> {
  return {
    organiser: await signIn(url, '19900000001'),
    head: await signIn(url, '19900000002'),
    supervisor: await signIn(url, '19900000003'),
  }
}

/** given: a plan whose review has passed its form check. A part has a permit and a text of its own: no other plan's. */
export async function readyPlan(
  { organiser, head, supervisor }: Hosts,
  part?: string,
  works?: { category: string; parameters: object }[]
): Promise<OpenPlan> {
  const plan = await openPlan(organiser, works)
  if (part) {
    // A site of its own: names that share no more than chance would have it.
    const name = createHash('sha256').update(part).digest('hex')
    const project = { projectName: name.slice(0, 32), projectPlace: name.slice(32), permit: permitOf(part) }
    const changed = await organiser.patch(`/api/plans/${plan.id}`, { ...PLAN_DATA, ...project, part })
    if (changed.status >= 300) throw new Error(`part: ${changed.status} ${JSON.stringify(changed.body)}`)
  }
  return submitted(
    { organiser, head, supervisor },
    plan,
    { about: part },
    works?.map(({ category }) => category)
  )
}

export const permitOf = (part: string) => `${PLAN_DATA.permit}-${part}`

/** when: a plan is uploaded, approved by both and submitted. */
export async function submitted(
  { organiser, head, supervisor }: Hosts,
  plan: OpenPlan,
  pdf: PlanPdfOptions = {},
  categories?: string[]
): Promise<OpenPlan> {
  const version = await handedOver(organiser, plan.id, pdf, categories)
  await decide(head, plan.id, { kind: 'contractor', version, categories })
  await decide(supervisor, plan.id, { kind: 'supervision', version, categories })
  const asked = await organiser.post(`/api/plans/${plan.id}/submissions`, { fitsSite: true })
  if (asked.body.state !== 'FORM_CHECKED') throw new Error(`submission: ${JSON.stringify(asked.body)}`)
  return plan
}

/** Waits until what is asked comes true; the loop in the app works by itself. */
export async function until<T>(
  ask: () => Promise<T>,
  isThere: (value: T) => boolean,
  what: string
): Promise<T> {
  const end = performance.now() + 20_000
  for (;;) {
    const value = await ask()
    if (isThere(value)) return value
    if (performance.now() > end)
      throw new Error(`${what} did not come: ${JSON.stringify(value).slice(0, 400)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** when: the draw of a review is started and has come out. */
export async function drawn(organiser: Person, reviewId: string) {
  const started = await organiser.press(`/api/reviews/${reviewId}/draw`)
  if (started.status !== 202) throw new Error(`draw: ${started.status} ${JSON.stringify(started.body)}`)
  return completed(organiser, started.body.id)
}

export async function completed(organiser: Person, drawId: string) {
  const view = await until(
    () => organiser.get(`/api/draws/${drawId}`),
    ({ body }) => body.status === 'completed',
    'the draw'
  )
  return view.body
}

/** given: a draw; under the quotas its ten can always make a panel. */
export async function drawnWithPanel(hosts: Hosts): Promise<{ draw: any; plan: OpenPlan }> {
  const plan = await readyPlan(hosts, '1 号基坑')
  return { draw: await drawn(hosts.organiser, plan.reviewId), plan }
}

export const IN_A_WEEK = () => new Date(Date.now() + 7 * 86_400_000).toISOString()

/** when: all ten are invited. */
export async function invited(
  organiser: Person,
  draw: { id: string; seats: { id: string }[] },
  seatIds = draw.seats.map(({ id }) => id)
) {
  return organiser.press(`/api/draws/${draw.id}/invitations`, {
    seatIds,
    meeting: { at: IN_A_WEEK(), mode: 'remote', place: '' },
  })
}

/** The experts behind the places, signed in: they have the demo password. */
export async function expertOf(app: TestInstance, seatId: string): Promise<Person> {
  return signIn(app.url, await mobileOf(app, seatId))
}

export async function mobileOf(app: TestInstance, seatId: string): Promise<string> {
  const { rows } = await app.sql.query(
    'SELECT e.roster_no FROM draw_seats s JOIN experts e ON e.id = s.expert_id WHERE s.id = $1',
    [seatId]
  )
  return mobileOfRoster(rows[0].roster_no)
}

/** A demo expert's number, by roster number. */
export function mobileOfRoster(rosterNo: string): string {
  const experts: { roster_no: string; mobile: string }[] = JSON.parse(
    readFileSync('resources/demo/experts.json', 'utf8')
  )
  return experts.find(({ roster_no }) => roster_no === rosterNo)!.mobile
}

export function answer(expert: Person, seatId: string, body: object) {
  return expert.press(`/api/invitations/${seatId}/answer`, { reasonCode: null, reason: '', ...body })
}
