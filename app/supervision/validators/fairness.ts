import vine from '@vinejs/vine'

export const yearValidator = vine.create({
  year: vine.number().withoutDecimals().min(2000).max(2999).optional(),
})
