import vine from '@vinejs/vine'

const LONG = 4000
const text = () => vine.string().maxLength(LONG)

export const textsValidator = vine.create({
  overview: text(),
  answers: vine.object({ complete: text(), calculation: text(), site: text() }),
  revision: vine.number().withoutDecimals().min(0),
})

export const certifyValidator = vine.create({ revision: vine.number().withoutDecimals().min(0) })

const hex = () => vine.string().regex(/^[0-9a-f]{64}$/)
const base64 = (most: number) =>
  vine
    .string()
    .regex(/^[A-Za-z0-9+/]+={0,2}$/)
    .maxLength(most)

export const prepareValidator = vine.create({
  certificateSha256: hex(),
  handwriting: vine
    .object({
      width: vine.number().positive(),
      height: vine.number().positive(),
      strokes: vine
        .array(vine.array(vine.array(vine.number()).fixedLength(2)).maxLength(20_000))
        .maxLength(500),
    })
    .nullable(),
})

/** r‖s of P-256 is 64 bytes, an RSA signature at most 512. */
export const completeValidator = vine.create({ leaseToken: vine.string().uuid(), signature: base64(700) })
export const dropValidator = vine.create({ leaseToken: vine.string().uuid() })

export const refusalValidator = vine.create({
  reason: vine.string().trim().minLength(4).maxLength(LONG),
  conclusion: vine.enum(['PASS', 'REVISE', 'FAIL'] as const),
})

export const listValidator = vine.create({ review: vine.string().uuid().optional() })
export const fileValidator = vine.create({ revision: vine.enum(['certified', 'head'] as const).optional() })
export const digestValidator = vine.create({ sha256: hex() })
