import vine from '@vinejs/vine'

const params = vine.object({ expertId: vine.string().uuid() })
const name = () => vine.string().trim().minLength(2).maxLength(80)

export const serviceValidator = vine.create({ params })

export const earlierServiceValidator = vine.create({
  params,
  plan: vine.object({
    permit: vine.string().trim().minLength(1).maxLength(80),
    part: vine.string().trim().maxLength(120),
    categories: vine
      .array(vine.string().regex(/^[A-Z][A-Z_]*$/))
      .minLength(1)
      .maxLength(20)
      .distinct(),
  }),
  organiser: name(),
  agency: name().nullable(),
  meetingDay: vine.string().regex(/^(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
})
