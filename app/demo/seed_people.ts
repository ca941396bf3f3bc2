import { SYSTEM_ACTOR, STAFF, type CapacityKind } from '#core/actor'
import { record } from '#ledger/public'
import { createOrganisation, createUser, grantCapacity, type OrganisationKind } from '#identity/public'
import { demoTotpSecret } from '#demo/demo_totp'
import { DEMO_PASSWORD } from '#identity/domain/demo_password'

interface DemoPerson {
  readonly name: string
  /** 199 0000 …: no operator has given these numbers out. */
  readonly mobile: string
  readonly kind: CapacityKind
  readonly organisation: { name: string; kind: OrganisationKind } | null
  readonly title: string
}

const contractor = { name: '岭秀建工集团有限公司', kind: 'contractor' as const }
const agency = { name: '明正工程技术咨询有限公司', kind: 'agency' as const }
const supervisor = { name: '衡规工程监理咨询有限公司', kind: 'supervisor' as const }
const owner = { name: '澄湖城市开发有限公司', kind: 'owner' as const }
const designer = { name: '澜图建筑设计研究院', kind: 'designer' as const }
const surveyor = { name: '桂岩勘测设计院有限公司', kind: 'surveyor' as const }
const centre = { name: '市建管中心', kind: 'centre' as const }
const otherContractor = { name: '江门坳建设集团第三工程有限责任公司', kind: 'contractor' as const }
const otherSupervisor = { name: '直尺工程监理有限公司', kind: 'supervisor' as const }
const otherAgency = { name: '求是工程论证中心', kind: 'agency' as const }
const otherOwner = { name: '青秀新城投资有限公司', kind: 'owner' as const }
const authority = { name: '市住建局', kind: 'authority' as const }

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { name: '覃丽娟', mobile: '19900000001', kind: 'organiser', organisation: contractor, title: '项目技术员' },
  {
    name: '韦承志',
    mobile: '19900000002',
    kind: 'technical_head',
    organisation: contractor,
    title: '施工单位技术负责人',
  },
  {
    name: '陆文涛',
    mobile: '19900000003',
    kind: 'supervising_engineer',
    organisation: supervisor,
    title: '总监理工程师',
  },
  { name: '苏明远', mobile: '19900000004', kind: 'agency', organisation: agency, title: '论证项目经理' },
  { name: '梁澄', mobile: '19900000005', kind: 'owner', organisation: owner, title: '项目负责人' },
  { name: '何澜', mobile: '19900000006', kind: 'designer', organisation: designer, title: '设计项目负责人' },
  {
    name: '𠮷田和也',
    mobile: '19900000007',
    kind: 'surveyor',
    organisation: surveyor,
    title: '勘察项目负责人',
  },
  { name: '农思源', mobile: '19900000008', kind: 'centre', organisation: centre, title: '专家库管理' },
  { name: '黎振宇', mobile: '19900000009', kind: 'authority', organisation: authority, title: '质安监督' },
  { name: '闭晓岚', mobile: '19900000010', kind: 'system_admin', organisation: centre, title: '系统管理' },
  { name: '蒙立新', mobile: '19900000011', kind: 'security_admin', organisation: centre, title: '安全管理' },
  { name: '甘雨桐', mobile: '19900000012', kind: 'auditor', organisation: authority, title: '审计' },
  // People of another project: what they must not see is tried with them.
  {
    name: '施望舒',
    mobile: '19900000021',
    kind: 'organiser',
    organisation: otherContractor,
    title: '项目技术员',
  },
  {
    name: '雷鸣',
    mobile: '19900000022',
    kind: 'technical_head',
    organisation: otherContractor,
    title: '施工单位技术负责人',
  },
  {
    name: '唐规',
    mobile: '19900000023',
    kind: 'supervising_engineer',
    organisation: otherSupervisor,
    title: '总监理工程师',
  },
  { name: '龙求真', mobile: '19900000024', kind: 'agency', organisation: otherAgency, title: '论证项目经理' },
  { name: '方青', mobile: '19900000025', kind: 'owner', organisation: otherOwner, title: '项目负责人' },
]

export async function seedPeople(): Promise<void> {
  for (const [position, person] of DEMO_PEOPLE.entries()) await seedPerson(person, position)
}

async function seedPerson(person: DemoPerson, position: number): Promise<void> {
  await record(SYSTEM_ACTOR, async (unit) => {
    const organisationId = person.organisation ? await createOrganisation(unit, person.organisation) : null
    const userId = await createUser(unit, {
      name: person.name,
      mobile: person.mobile,
      password: DEMO_PASSWORD,
      totpSecret: STAFF.includes(person.kind) ? demoTotpSecret(person.mobile) : undefined,
    })
    await grantCapacity(unit, { userId, kind: person.kind, organisationId, title: person.title })
    await unit.trx.rawQuery('INSERT INTO demo_people VALUES (?, ?) ON CONFLICT DO NOTHING', [
      userId,
      position,
    ])
  })
}
