import vine from '@vinejs/vine'
import { CONTACT_PURPOSES } from '#identity/public'
import { CALL_OUTCOMES } from '#draw/domain/three_calls_count_as_not_reached'
import { DECLINE_REASONS, RECUSAL_REASONS } from '#draw/domain/reasons_of_leaving'

const id = () => vine.string().uuid()
const instant = () => vine.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/)

export const drawNumberValidator = vine.create({
  params: vine.object({ number: vine.string().regex(/^CQ-\d{4}-\d{4,}$/) }),
})
export const drawIdValidator = vine.create({ params: vine.object({ id: id() }) })
export const reviewIdValidator = vine.create({ params: vine.object({ reviewId: id() }) })
export const ownDrawValidator = vine.create({ params: vine.object({ drawId: id() }) })
export const seatIdValidator = vine.create({ params: vine.object({ seatId: id() }) })
export const contactValidator = vine.create({
  params: vine.object({ id: id(), seatId: id() }),
  purpose: vine.enum(CONTACT_PURPOSES),
})

export const inviteValidator = vine.create({
  params: vine.object({ id: id() }),
  seatIds: vine.array(id()).minLength(1).maxLength(30).distinct(),
  meeting: vine
    .object({
      at: instant(),
      mode: vine.enum(['on_site', 'remote'] as const),
      place: vine.string().trim().maxLength(200),
    })
    .nullable(),
})

export const panelValidator = vine.create({
  params: vine.object({ id: id() }),
  members: vine.array(id()).maxLength(30).distinct(),
  leader: id().nullable(),
  alternates: vine.array(id()).maxLength(30).distinct(),
})

const reasons = [...new Set([...DECLINE_REASONS, ...RECUSAL_REASONS])]
const answer = {
  answer: vine.enum(['accept', 'decline', 'recuse', 'withdraw'] as const),
  reasonCode: vine.enum(reasons).nullable(),
  reason: vine.string().trim().maxLength(300),
}

export const callValidator = vine.create({
  params: vine.object({ id: id(), seatId: id() }),
  outcome: vine.enum(CALL_OUTCOMES),
  reasonCode: vine.enum(reasons).nullable(),
  note: vine.string().trim().maxLength(200),
})

export const callResponseValidator = vine.create({
  params: vine.object({ seatId: id(), callId: id() }),
  response: vine.enum(['confirmed', 'contradicted'] as const),
  note: vine.string().trim().maxLength(200),
})

export const answerValidator = vine.create({ params: vine.object({ seatId: id() }), ...answer })

const token = () => vine.string().regex(/^[A-Za-z0-9_-]{22}$/)

export const linkValidator = vine.create({ token: token() })
export const linkAnswerValidator = vine.create({ token: token(), ...answer })
