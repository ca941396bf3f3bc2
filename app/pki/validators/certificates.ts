import vine from '@vinejs/vine'

/** A PKCS#10 request for a P-256 key is a few hundred bytes. */
export const enrolValidator = vine.create({
  request: vine
    .string()
    .maxLength(4000)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/),
  password: vine.string().maxLength(200),
})

export const revokeValidator = vine.create({
  params: vine.object({ id: vine.string().uuid() }),
  reason: vine.enum(['keyCompromise', 'superseded', 'cessationOfOperation', 'affiliationChanged'] as const),
})
