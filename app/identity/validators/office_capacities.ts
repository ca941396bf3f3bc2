import vine from '@vinejs/vine'

const params = vine.object({ id: vine.string().uuid() })

export const capacityIdValidator = vine.create({ params })
export const endCapacityValidator = vine.create({
  params,
  reason: vine.string().trim().minLength(4).maxLength(200),
})
