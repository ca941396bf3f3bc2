import vine from '@vinejs/vine'

const line = (most: number) => vine.string().trim().maxLength(most)
const required = (most: number) => line(most).minLength(1)
const page = () => vine.number().withoutDecimals().min(1).max(100_000)

/** Values stay as they were sent: the assessment says what is wrong with a number or a yes/no (PLAN-1). */
const works = vine
  .array(
    vine.object({
      category: vine.string().maxLength(20),
      parameters: vine.record(vine.any()).optional(),
      context: vine
        .object({ neighbour: line(60).optional(), distance_m: vine.number().min(0).max(10_000).optional() })
        .optional(),
    })
  )
  .maxLength(20)

const data = () => ({
  name: required(200),
  projectName: required(200),
  projectPlace: line(200),
  permit: line(100),
  part: line(200),
  summary: line(300),
})

export const newPlanValidator = vine.create({ ...data(), works: works.clone() })
export const planDataValidator = vine.create({
  ...data(),
  reviewKind: vine.enum(['lunzheng', 'pingshen', 'zixun', 'pinggu']),
  voluntaryReason: required(500).nullable(),
  bySubcontractor: vine.boolean({ strict: true }),
})
export const worksValidator = vine.create({ works: works.clone() })

export const partiesValidator = vine.create({
  parties: vine
    .array(
      vine.object({
        role: vine.string().maxLength(30),
        organisationName: required(120).nullable(),
        leadName: required(60).nullable(),
        leadMobile: vine
          .string()
          .regex(/^1\d{10}$/)
          .nullable(),
      })
    )
    .maxLength(30),
})

const ranges = vine
  .array(vine.object({ code: vine.string().maxLength(40), from: page(), to: page() }))
  .maxLength(100)
const ticks = vine
  .array(
    vine.object({
      item: vine.string().maxLength(20),
      state: vine.enum(['none', 'present', 'not_applicable']),
      page: page().nullable(),
    })
  )
  .maxLength(100)

export const contentValidator = vine.create({
  chapters: ranges.clone().optional(),
  drawings: ranges.clone().optional(),
  ticks: ticks.clone().optional(),
})
export const acceptValidator = vine.create({ note: line(200) })

export const decisionValidator = vine.create({
  kind: vine.enum(['contractor', 'subcontractor', 'supervision']),
  version: vine.number().withoutDecimals().min(1),
  decision: vine.enum(['approve', 'return']),
  reasons: vine.array(required(500)).maxLength(30),
  registrationNumber: line(60).nullable(),
  ticks: ticks.clone(),
})

export const scanValidator = vine.create({
  kind: vine.enum(['contractor', 'subcontractor', 'supervision']),
  version: vine.number().withoutDecimals().min(1),
  uploadId: vine.string().uuid(),
  signerName: required(60),
  registrationNumber: line(60).nullable(),
  hasSignature: vine.boolean({ strict: true }),
  hasSeal: vine.boolean({ strict: true }),
  ticks: ticks.clone(),
})

export const organiseValidator = vine.create({
  agencyName: required(120).nullable(),
  delegationUploadId: vine.string().uuid().nullable(),
  meetingProposedAt: vine
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/)
    .nullable(),
})

export const submitValidator = vine.create({ fitsSite: vine.boolean({ strict: true }) })

export const listValidator = vine.create({
  search: line(100).optional(),
  state: vine
    .string()
    .regex(/^[A-Z_,]*$/)
    .optional(),
  page: vine.number().withoutDecimals().min(1).max(10_000).optional(),
})

export const compareValidator = vine.create({
  from: vine.number().withoutDecimals().min(1).max(10_000),
  to: vine.number().withoutDecimals().min(1).max(10_000),
})
export const nameSearchValidator = vine.create({ q: line(60), kind: vine.string().maxLength(20).optional() })
