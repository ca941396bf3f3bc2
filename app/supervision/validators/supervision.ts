import vine from '@vinejs/vine'
import { FINDING_SUBJECTS } from '#supervision/models/rows'

const id = () => vine.string().uuid()
const day = () => vine.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
/** The longest meeting that a moment may be named in, ms. */
const LONGEST_MS = 86_400_000

export const reviewIdValidator = vine.create({ params: vine.object({ reviewId: id() }) })
export const inspectionIdValidator = vine.create({ params: vine.object({ id: id() }) })
export const fileValidator = vine.create({
  params: vine.object({ reviewId: id(), name: vine.string().maxLength(200) }),
})
export const listValidator = vine.create({ q: vine.string().trim().maxLength(80).optional() })

export const inspectionValidator = vine.create({
  params: vine.object({ reviewId: id() }),
  number: vine.string().trim().minLength(3).maxLength(40),
  reason: vine.string().trim().minLength(4).maxLength(500),
})

export const findingValidator = vine.create({
  params: vine.object({ reviewId: id() }),
  atMs: vine.number().withoutDecimals().min(0).max(LONGEST_MS),
  subject: vine.enum(FINDING_SUBJECTS),
  text: vine.string().trim().minLength(4).maxLength(500),
})

export const contactValidator = vine.create({ params: vine.object({ reviewId: id() }), userId: id() })

export const looksValidator = vine.create({
  kind: vine.enum(['contact', 'recording'] as const).optional(),
  person: vine.string().trim().maxLength(40).optional(),
  from: day().optional(),
  to: day().optional(),
  page: vine.number().withoutDecimals().min(1).max(10_000).optional(),
})
