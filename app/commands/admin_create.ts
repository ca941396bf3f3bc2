import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

const KINDS = ['centre', 'authority', 'system_admin', 'security_admin', 'auditor'] as const

export default class AdminCreate extends BaseCommand {
  static commandName = 'admin:create'
  static description =
    'Make an account for staff, with second factor; the password is set by code on first sign-in'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'Name' })
  declare name: string

  @args.string({ description: 'Mobile number, eleven digits' })
  declare mobile: string

  @flags.string({ description: `One of ${KINDS.join(', ')}`, default: 'system_admin' })
  declare kind: string

  @flags.string({ description: 'Full name of the organisation', default: '市建管中心' })
  declare organisation: string

  async run() {
    const kind = KINDS.find((known) => known === this.kind)
    if (!kind || !/^1\d{10}$/.test(this.mobile)) {
      this.logger.error(
        kind ? 'A mobile number has eleven digits and begins with 1' : `--kind is one of ${KINDS.join(', ')}`
      )
      this.exitCode = 2
      return
    }
    const { createStaff } = await import('#identity/public')
    const made = await createStaff({
      name: this.name,
      mobile: this.mobile,
      kind,
      organisation: this.organisation,
    })
    if (!made.ok) {
      this.logger.error('This mobile number has an account already')
      this.exitCode = 1
      return
    }
    this.logger.info(`Second factor, for an authenticator app: ${made.value.totpUri}`)
    this.logger.success(`${this.name} (${kind}) can set a password on the first-password page`)
  }
}
