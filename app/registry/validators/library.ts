import vine from '@vinejs/vine'
import { STATUS_EVENTS } from '#registry/actions/change_status'
import { INTEREST_KINDS } from '#registry/models/expert'
import { STANDINGS } from '#registry/queries/library'

const id = () => vine.string().uuid()
const day = () => vine.string().regex(/^(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
const code = () => vine.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/)
const name = () => vine.string().trim().minLength(2).maxLength(80)
const reason = () => vine.string().trim().minLength(4).maxLength(300)
/** Number of an official document, 南建管〔2026〕12 号. */
const document = () => vine.string().trim().minLength(2).maxLength(60)
const revision = () => vine.number().withoutDecimals().min(0)
/** As many as any regulation will allow; the rule says how many this one does. */
const cap = () => vine.number().withoutDecimals().min(1).max(1000)

const params = vine.object({ expertId: id() })
const kept = { reason: reason(), revision: revision() }
const official = { ...kept, document: document() }
const days = { from: day(), until: day().nullable() }

export const listValidator = vine.create({
  q: vine.string().trim().maxLength(60).optional(),
  specialty: code().optional(),
  grade: code().optional(),
  standing: vine.enum(STANDINGS).optional(),
  page: vine.number().withoutDecimals().min(1).max(100_000).optional(),
})

export const expertIdValidator = vine.create({ params })

const employment = { ...kept, ...days, retiredFrom: vine.boolean() }
export const newEmploymentValidator = vine.create({ params, employer: name(), ...employment })
const employmentParams = vine.object({ expertId: id(), employmentId: id() })
export const employmentValidator = vine.create({ params: employmentParams, ...employment })
export const employmentRemovalValidator = vine.create({ params: employmentParams, ...kept })

export const leaveValidator = vine.create({ params, ...kept, from: day(), until: day() })
export const leaveRemovalValidator = vine.create({
  params: vine.object({ expertId: id(), leaveId: id() }),
  ...kept,
})

export const monthlyCapValidator = vine.create({ params, ...kept, cap: cap() })
export const renewalValidator = vine.create({ params, ...official, until: day().nullable() })
export const termValidator = vine.create({ params, ...official, from: day(), until: day() })
export const gradeValidator = vine.create({ params, ...official, grade: code() })
export const tagsValidator = vine.create({
  params,
  ...kept,
  specialties: vine.array(code()).minLength(1).maxLength(20).distinct(),
  methods: vine.array(code()).maxLength(60).distinct(),
})
export const homeCityValidator = vine.create({ params, ...kept, city: code().nullable() })
export const statusValidator = vine.create({ params, ...official, event: vine.enum(STATUS_EVENTS) })

const interest = { ...kept, company: name(), kind: vine.enum(INTEREST_KINDS) }
export const interestValidator = vine.create({ params, ...interest })
export const interestEndValidator = vine.create({
  params: vine.object({ expertId: id(), interestId: id() }),
  ...kept,
})

export const groupMemberValidator = vine.create({
  group: name(),
  company: name(),
  from: day().nullable(),
  until: day().nullable(),
  reason: reason(),
})
export const groupLeavingValidator = vine.create({
  params: vine.object({ memberId: id() }),
  until: day(),
  reason: reason(),
})

/** An expert's own forms: the reason is theirs to give or not. */
const ownReason = () => vine.string().trim().maxLength(300)
const own = { reason: ownReason(), revision: revision() }
export const ownLeaveValidator = vine.create({ ...own, from: day(), until: day() })
export const ownLeaveRemovalValidator = vine.create({ params: vine.object({ leaveId: id() }), ...own })
export const ownCapValidator = vine.create({ ...own, cap: cap().nullable() })
export const ownInterestValidator = vine.create({
  ...own,
  company: name(),
  kind: vine.enum(INTEREST_KINDS),
})
export const ownInterestEndValidator = vine.create({ params: vine.object({ interestId: id() }), ...own })
