import vine from '@vinejs/vine'

const params = vine.object({ nearId: vine.string().uuid() })

export const nearPlanIdValidator = vine.create({ params })
export const nearPlanAnswerValidator = vine.create({
  params,
  same: vine.boolean(),
  reason: vine.string().trim().minLength(4).maxLength(500),
})
