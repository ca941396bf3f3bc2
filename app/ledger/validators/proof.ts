import vine from '@vinejs/vine'

const size = () => vine.number().withoutDecimals().min(0).max(Number.MAX_SAFE_INTEGER)

export const inclusionValidator = vine.create({ index: size(), size: size() })
export const consistencyValidator = vine.create({ first: size(), second: size() })
