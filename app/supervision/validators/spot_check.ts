import vine from '@vinejs/vine'
import { MAX_SAMPLE } from '#lib/draw/spot_check_protocol'
import { SPOT_CHECK_KINDS } from '#supervision/models/spot_check'

const day = () => vine.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)

const scope = {
  kind: vine.enum(SPOT_CHECK_KINDS),
  category: vine
    .string()
    .regex(/^[A-Z_]{2,12}$/)
    .nullable(),
  from: day(),
  to: day(),
}

export const spotCheckIdValidator = vine.create({ params: vine.object({ id: vine.string().uuid() }) })

export const populationValidator = vine.create({
  ...scope,
  category: vine
    .string()
    .regex(/^[A-Z_]{2,12}$/)
    .optional(),
})

export const spotCheckValidator = vine.create({
  title: vine.string().trim().minLength(4).maxLength(80),
  ...scope,
  count: vine.number().withoutDecimals().min(1).max(MAX_SAMPLE),
})
