import { BaseModel, column } from '@adonisjs/lucid/orm'

/** A person's account. Reads for sign-in only; every write goes through the ledger's unit of work. */
export default class User extends BaseModel {
  static table = 'users'

  @column({ isPrimary: true })
  declare id: string

  @column()
  declare name: string

  @column()
  declare mobileMasked: string

  @column({ serializeAs: null })
  declare passwordHash: string | null

  @column({ serializeAs: null })
  declare totpSecretEncrypted: string | null

  @column()
  declare locale: 'zh-CN' | 'en'

  @column()
  declare largeType: boolean

  @column()
  declare disabledAt: Date | null
}
