import vine from '@vinejs/vine'

export const appointmentValidator = vine.create({
  at: vine.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/),
  mode: vine.enum(['remote', 'on_site'] as const),
  place: vine.string().trim().maxLength(200),
})

export const consentValidator = vine.create({ agreed: vine.boolean({ strict: true }) })

export const guestValidator = vine.create({
  name: vine.string().trim().minLength(1).maxLength(60),
  mobile: vine.string().regex(/^1\d{10}$/),
  kind: vine.enum(['technical_head', 'supervising_engineer', 'owner', 'designer', 'surveyor'] as const),
  organisationId: vine.string().uuid(),
  code: vine.string().trim().minLength(1).maxLength(60),
})

const cursor = () => vine.number().withoutDecimals().min(0).optional()
export const cursorsValidator = vine.create({ room: cursor(), panel: cursor(), own: cursor() })
