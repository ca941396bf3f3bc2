import { planPdf, type PlanPdfOptions } from '#tests/support/plan_pdf'
import type { Person } from '#tests/support/person'
import { uploadFile } from '#tests/support/upload'

export const PIT = {
  category: 'PIT',
  parameters: { depth_m: 13.8 },
  context: { neighbour: 'DN600 燃气管', distance_m: 4.2 },
}
export const CONTRACTOR = '岭秀建工集团有限公司'
export const SUPERVISOR = '衡规工程监理咨询有限公司'

export const PARTIES = [
  { role: 'owner', organisationName: '澄湖城市开发有限公司', leadName: '梁澄', leadMobile: '19900000005' },
  {
    role: 'survey',
    organisationName: '桂岩勘测设计院有限公司',
    leadName: '𠮷田和也',
    leadMobile: '19900000007',
  },
  { role: 'design', organisationName: '澜图建筑设计研究院', leadName: '何澜', leadMobile: '19900000006' },
  { role: 'general_contractor', organisationName: CONTRACTOR, leadName: '韦承志', leadMobile: '19900000002' },
  { role: 'subcontractor', organisationName: null, leadName: null, leadMobile: null },
  { role: 'supervision', organisationName: SUPERVISOR, leadName: '陆文涛', leadMobile: '19900000003' },
  { role: 'monitoring', organisationName: null, leadName: null, leadMobile: null },
  { role: 'agency', organisationName: null, leadName: null, leadMobile: null },
]

export interface OpenPlan {
  readonly id: string
  readonly number: string
  readonly reviewId: string
}

/** given: a plan with its works and all its parties, nothing uploaded. */
export async function openPlan(
  organiser: Person,
  works: unknown[] = [PIT],
  name = '五象湖 A-07 地块深基坑工程专项施工方案'
): Promise<OpenPlan> {
  const created = await organiser.post('/api/plans', {
    name,
    projectName: '五象湖 A-07 地块商住项目',
    projectPlace: '良庆区五象湖东路 8 号',
    permit: '450108202603050101',
    part: '1 号基坑',
    summary: '',
    works,
  })
  if (created.status !== 201) throw new Error(`plan: ${created.status} ${JSON.stringify(created.body)}`)
  const named = await organiser.put(`/api/plans/${created.body.id}/parties`, { parties: PARTIES })
  if (named.status !== 200) throw new Error(`parties: ${named.status} ${JSON.stringify(named.body)}`)
  return created.body
}

/** Every item of the severe-defects list that is asked of these categories, ticked as none on page 2. */
export async function allTicked(
  person: Person,
  categories: string[] = ['PIT'],
  over: Record<string, object> = {}
) {
  const { body } = await person.get('/api/plan-vocabulary')
  const own = new Set(
    body.categories
      .filter((one: any) => categories.includes(one.code))
      .flatMap((one: any) => one.defectGroups)
  )
  const items: string[] = body.severeDefects
    .filter((group: any) => group.every_plan || own.has(group.group))
    .flatMap((group: any) => group.items.map((item: any) => item.code))
  return items.map((item) => ({ item, state: 'none', page: 2, ...over[item] }))
}

/** when: chapters, drawings and self-check are noted for a version of 19 pages or more. */
export async function noteContent(
  organiser: Person,
  planId: string,
  version: number,
  categories: string[] = ['PIT']
) {
  const { body } = await organiser.get('/api/plan-vocabulary')
  const drawings = [
    ...new Set(
      body.categories
        .filter((one: any) => categories.includes(one.code))
        .flatMap((one: any) => one.drawings.map((drawing: any) => drawing.code))
    ),
  ]
  return organiser.put(`/api/plans/${planId}/versions/${version}/content`, {
    chapters: body.chapters.map((chapter: any, index: number) => ({
      code: chapter.code,
      from: 2 + index * 2,
      to: 3 + index * 2,
    })),
    drawings: drawings.map((code) => ({ code, from: 18, to: 18 })),
    ticks: await allTicked(organiser, categories),
  })
}

/** given: a version uploaded, noted and handed to the technical head. */
export async function handedOver(
  organiser: Person,
  planId: string,
  pdf: PlanPdfOptions = {},
  categories: string[] = ['PIT']
): Promise<number> {
  const upload = await uploadFile(organiser, planId, await planPdf(pdf), { note: '初稿' })
  if (upload.state !== 'accepted') throw new Error(`version: ${JSON.stringify(upload)}`)
  await noteContent(organiser, planId, upload.result.number, categories)
  const handed = await organiser.post(`/api/plans/${planId}/hand-over`)
  if (handed.status !== 200) throw new Error(`hand over: ${handed.status} ${JSON.stringify(handed.body)}`)
  return upload.result.number
}

/** when: a reviewer approves or returns. */
export async function decide(
  person: Person,
  planId: string,
  input: {
    kind: string
    version: number
    decision?: 'approve' | 'return'
    reasons?: string[]
    registrationNumber?: string | null
    categories?: string[]
    ticks?: unknown[]
  }
) {
  const { kind, version, decision = 'approve', reasons = [], categories = ['PIT'] } = input
  const registrationNumber =
    input.registrationNumber === undefined
      ? kind === 'supervision'
        ? '45012345'
        : null
      : input.registrationNumber
  return person.post(`/api/plans/${planId}/approvals`, {
    kind,
    version,
    decision,
    reasons,
    registrationNumber,
    ticks: input.ticks ?? (decision === 'approve' ? await allTicked(person, categories) : []),
  })
}
