import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor } from '#core/actor'
import { regulation } from '#core/jurisdiction'
import {
  changeContent,
  changeParties,
  changePlanData,
  createPlan,
  decideApproval,
  defectGroupsFor,
  drawingsFor,
  handOverVersion,
  organiseReview,
  submitForReview,
  takeInFile,
  takeInLetter,
  type Tick,
} from '#plans/public'
import { actingAs, must } from '#demo/acting_as'
import { demoLetterPdf } from '#demo/demo_letter_pdf'
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
const ENGINEER_MOBILES: Readonly<Record<string, string>> = {
  衡规工程监理咨询有限公司: '19900000003',
  直尺工程监理有限公司: '19900000024',
}

export interface SeededPlan {
  readonly id: string
  readonly reviewId: string
  readonly organiser: Actor
  readonly plan: DemoPlan
}

export interface PlanVariant {
  /** Another part of the same works: a plan of its own, with a draw of its own. */
  readonly part?: string
  /** The same plan under another name, for another part as it says. */
  readonly renamed?: { readonly name: string; readonly part: string }
  /** The listed agency that the contractor delegates the review to (ORG-2). */
  readonly agency?: string
  readonly bySubcontractor?: boolean
}

/** Takes one plan as far as `stage`, each step by the person whose step it is. */
export async function seedPlan(
  demo: Demo,
  key: string,
  stage: DemoStage,
  variant: PlanVariant = {}
): Promise<SeededPlan> {
  const plan = planOf(demo, key, variant)
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
  if (variant.bySubcontractor) must('subcontractor', await bySubcontractor(organiser, made.id, plan))
  if (variant.agency) await delegate(organiser, made.id, plan, contractor, variant.agency)
  await takeIn(organiser, made.id, plan, contractor)
  const seeded = { id: made.id, reviewId: made.reviewId, organiser, plan }
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
  const engineer = await actingAs(ENGINEER_MOBILES[plan.parties.supervision!]!, 'supervising_engineer')
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

function planOf(demo: Demo, key: string, { part, renamed }: PlanVariant): DemoPlan {
  const plan = demo.plans.find((one) => one.key === key)
  if (!plan) throw new Error(`No demo plan ${key}`)
  if (renamed) return { ...plan, ...renamed }
  return part ? { ...plan, name: `${plan.name}（${part}）`, part: `${plan.part}${part}` } : plan
}

function bySubcontractor(organiser: Actor, planId: string, plan: DemoPlan) {
  return changePlanData(organiser, planId, {
    name: plan.name,
    projectName: plan.project,
    projectPlace: plan.place,
    permit: plan.permit_code,
    part: plan.part,
    summary: plan.summary,
    reviewKind: 'lunzheng',
    voluntaryReason: null,
    bySubcontractor: true,
  })
}

/** ORG-2: with a letter of delegation, as the agency needs it. */
async function delegate(
  organiser: Actor,
  planId: string,
  plan: DemoPlan,
  contractor: string,
  agencyName: string
): Promise<void> {
  const letter = await demoLetterPdf(plan, contractor, agencyName)
  const delegationUploadId = await withFile(letter, 'letter.pdf', async (path) =>
    must('letter', await takeInLetter(organiser, planId, { path, name: '论证委托书.pdf' }))
  )
  const organising = { agencyName, delegationUploadId, meetingProposedAt: null }
  must('delegation', await organiseReview(organiser, planId, organising))
}

async function withFile<T>(bytes: Uint8Array, name: string, work: (path: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'lunzheng-demo-'))
  try {
    await writeFile(join(directory, name), bytes)
    return await work(join(directory, name))
  } finally {
    await rm(directory, { recursive: true })
  }
}

function partiesOf(demo: Demo, plan: DemoPlan) {
  return ROLES.map((role) => {
    // An agency comes in by the letter of delegation, not by being named.
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
  const pdf = await demoPlanPdf(plan, contractor, await regulation())
  await withFile(pdf, `${plan.key}.pdf`, async (path) =>
    must('plan file', await takeInFile(organiser, planId, { path, name: `${plan.name}.pdf`, note: '初稿' }))
  )
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
