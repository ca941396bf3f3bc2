import vine from '@vinejs/vine'

export const reviewIdValidator = vine.create({
  params: vine.object({ reviewId: vine.string().uuid() }),
})
