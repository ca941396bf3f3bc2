import vine from '@vinejs/vine'

const text = (most: number) => vine.string().trim().maxLength(most)
const page = () => vine.number().withoutDecimals().min(1).max(100_000)

export const answerValidator = vine.create({
  taken: vine.boolean({ strict: true }).nullable(),
  change: text(2000),
  page: page().nullable(),
  reason: text(1000),
  revision: vine.number().withoutDecimals().min(0).max(1_000_000),
})

export const submissionValidator = vine.create({
  withVersion: vine.boolean({ strict: true }),
  seen: vine.record(vine.number().withoutDecimals().min(1).max(1_000_000)),
})

const judged = () =>
  vine.record(vine.object({ agrees: vine.boolean({ strict: true }).nullable(), reason: text(1000) }))

export const draftValidator = vine.create({
  submission: vine.number().withoutDecimals().min(1),
  text: text(2000),
  judged: judged(),
  revision: vine.number().withoutDecimals().min(0).max(1_000_000),
})

export const opinionValidator = vine.create({
  submission: vine.number().withoutDecimals().min(1),
  decision: vine.enum(['agree', 'send_back']),
  versionSha256: vine.string().regex(/^[0-9a-f]{64}$/),
  text: text(2000),
  judged: judged(),
})

export const imageValidator = vine.create({
  kind: vine.enum(['photograph', 'sign_in_sheet']),
  caption: text(100),
})
