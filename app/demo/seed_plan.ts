import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor } from '#core/actor'
import { regulation } from '#core/jurisdiction'
import {
  changeContent,
  changeParties,
  createPlan,
  decideApproval,
  defectGroupsFor,
  drawingsFor,
  handOverVersion,
  submitForReview,
  takeInFile,
  type Tick,
} from '#plans/public'
import { actingAs, must } from '#demo/acting_as'
import { DEMO_PLAN_PAGES, demoChapterPages, demoPlanPdf } from '#demo/demo_plan_pdf'
import type { Demo, DemoPlan } from '../../resources/demo/load_demo.js'

/** How far a demo plan is taken before somebody has to do something. */
export type DemoStage = 'draft' | 'handed_over' | 'contractor_reviewed' | 'reviewed' | 'submitted'
const STAGES: readonly DemoStage[] = ['draft', 'handed_over', 'contractor_reviewed', 'reviewed', 'submitted']

const ROLES = [
  'owner',
  'survey',
  'design',
  'general_contractor',
  'subcontractor',
  'supervision',
  'monitoring',
  'agency',
] as const
const HEAD_MOBILES: Readonly<Record<string, string>> = {
  岭秀建工集团有限公司: '19900000002',
  望仙坡建设集团有限公司: '19900000021',
}
const ORGANISER_MOBILES: Readonly<Record<string, string>> = {
  岭秀建工集团有限公司: '19900000001',
  望仙坡建设集团有限公司: '19900000020',
}
const SUPERVISING_ENGINEER = '19900000003'

export interface SeededPlan {
  readonly id: string
  readonly reviewId: string
  readonly organiser: Actor
}

/** Takes one plan as far as `stage`, each step by the person whose step it is. */
export async function seedPlan(demo: Demo, key: string, stage: DemoStage): Promise<SeededPlan> {
  const plan = demo.plans.find((one) => one.key === key)
  if (!plan) throw new Error(`No demo plan ${key}`)
  const contractor = plan.parties.general_contractor!
  const organiser = await actingAs(ORGANISER_MOBILES[contractor]!, 'organiser')
  const made = await createPlan(organiser, {
    name: plan.name,
    projectName: plan.project,
    projectPlace: plan.place,
    permit: plan.permit_code,
    part: plan.part,
    summary: plan.summary,
    works: plan.works.map(({ category, parameters }) => ({ category, parameters, context: {} })),
  })
  must('parties', await changeParties(organiser, made.id, partiesOf(demo, plan)))
  await takeIn(organiser, made.id, plan, contractor)
  const seeded = { id: made.id, reviewId: made.reviewId, organiser }
  const ticks = await noneTicked(plan)
  const reached = (one: DemoStage) => STAGES.indexOf(stage) >= STAGES.indexOf(one)
  if (!reached('handed_over')) return seeded
  await noteContent(organiser, made.id, plan, ticks)
  must('hand over', await handOverVersion(organiser, made.id))
  const decision = { version: 1, decision: 'approve' as const, reasons: [], ticks }
  if (!reached('contractor_reviewed')) return seeded
  const head = await actingAs(HEAD_MOBILES[contractor]!, 'technical_head')
  must(
    'contractor’s review',
    await decideApproval(head, made.id, { ...decision, kind: 'contractor', registrationNumber: null })
  )
  if (!reached('reviewed')) return seeded
  const engineer = await actingAs(SUPERVISING_ENGINEER, 'supervising_engineer')
  must(
    'supervising engineer’s review',
    await decideApproval(engineer, made.id, {
      ...decision,
      kind: 'supervision',
      registrationNumber: 'DEMO-45012345',
    })
  )
  if (!reached('submitted')) return seeded
  must('submission', await submitForReview(organiser, made.id, true))
  return seeded
}

function partiesOf(demo: Demo, plan: DemoPlan) {
  return ROLES.map((role) => {
    // Delegating takes a letter with a seal; in the demonstration the contractor organises.
    const name = role === 'agency' ? null : plan.parties[role]
    const lead = name
      ? demo.people.find((person) => person.organisation === name && person.kind === LEADS[role])
      : undefined
    return { role, organisationName: name, leadName: lead?.name ?? null, leadMobile: lead?.mobile ?? null }
  })
}

const LEADS: Readonly<Record<string, string>> = {
  owner: 'owner',
  survey: 'surveyor',
  design: 'designer',
  general_contractor: 'technical_head',
  subcontractor: 'technical_head',
  supervision: 'supervising_engineer',
  monitoring: 'surveyor',
}

async function takeIn(organiser: Actor, planId: string, plan: DemoPlan, contractor: string): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'lunzheng-demo-'))
  const path = join(directory, `${plan.key}.pdf`)
  await writeFile(path, await demoPlanPdf(plan, contractor, await regulation()))
  must('plan file', await takeInFile(organiser, planId, { path, name: `${plan.name}.pdf`, note: '初稿' }))
  await rm(directory, { recursive: true })
}

async function noneTicked(plan: DemoPlan): Promise<Tick[]> {
  const groups = defectGroupsFor(
    plan.works.map(({ category }) => category),
    await regulation()
  )
  return groups.flatMap(({ items }) =>
    items.map(({ code }) => ({ item: code, state: 'none' as const, page: 2 }))
  )
}

async function noteContent(organiser: Actor, planId: string, plan: DemoPlan, ticks: Tick[]): Promise<void> {
  const inForce = await regulation()
  const chapters = inForce.chapters.map(({ code }, index) => ({ code, ...demoChapterPages(index) }))
  const drawings = drawingsFor(
    plan.works.map(({ category }) => category),
    inForce
  ).map((code) => ({ code, from: DEMO_PLAN_PAGES, to: DEMO_PLAN_PAGES }))
  must('content', await changeContent(organiser, planId, 1, { chapters, drawings, ticks }))
}
