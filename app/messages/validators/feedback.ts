import vine from '@vinejs/vine'

const text = () => vine.string().trim().minLength(4).maxLength(2000)

export const feedbackValidator = vine.create({ text: text() })
export const answerValidator = vine.create({
  params: vine.object({ id: vine.string().uuid() }),
  text: text(),
})
