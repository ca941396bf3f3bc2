import vine from '@vinejs/vine'

/** What people type into a mobile number field: spaces, dashes and full-width digits are theirs to use. */
export function plainMobile(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '')
}

const mobile = () => vine.string().maxLength(30)
const newPassword = () => vine.string().minLength(10).maxLength(200)

export const signInValidator = vine.create({ mobile: mobile(), password: vine.string().maxLength(200) })
export const totpValidator = vine.create({ code: vine.string().regex(/^\d{6}$/) })
export const codeRequestValidator = vine.create({ mobile: mobile() })
export const passwordByCodeValidator = vine.create({
  mobile: mobile(),
  code: vine.string().regex(/^\d{6}$/),
  password: newPassword(),
})
export const capacityValidator = vine.create({ id: vine.string().uuid() })
export const preferencesValidator = vine.create({
  largeType: vine.boolean().optional(),
  locale: vine.enum(['zh-CN', 'en'] as const).optional(),
})
