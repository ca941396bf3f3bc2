import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

const MISUSE = 2

/** REG-1, REG-3: puts experts who were admitted elsewhere into the library, from a spreadsheet. */
export default class ExpertsImport extends BaseCommand {
  static commandName = 'experts:import'
  static description =
    'Take experts from a spreadsheet (.xlsx) or CSV into the library: the whole file or nothing'
  static help = [
    'The first row names the columns: 名册编号 姓名 手机号 出生年 等级 职称 职务 证书号 专业 方法标签 工作单位 入职日期 聘期起 聘期止 所属城市（外地专家）.',
    'Several specialties are divided by 、 the main one first. Formulas and bad cells are named and refuse the file.',
    'Exit code 0: taken over (or could be, with --dry-run); 1: refused, with each line that is wrong; 2: no such file.',
  ]
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'Spreadsheet (.xlsx) or CSV' })
  declare file: string

  @flags.boolean({ description: 'Check everything and keep nothing' })
  declare dryRun: boolean

  @flags.boolean({ description: 'Print the result as JSON and nothing else' })
  declare json: boolean

  async run() {
    const { importExperts } = await import('#registry/public')
    const path = resolve(process.env.INIT_CWD ?? process.cwd(), this.file)
    const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => error)
    if (!(bytes instanceof Uint8Array)) {
      this.logger.error(`${path}: ${bytes.code}`)
      this.exitCode = MISUSE
      return
    }
    const result = await importExperts(new Uint8Array(bytes), { dryRun: this.dryRun ?? false })
    this.exitCode = result.ok ? 0 : 1
    if (this.json) {
      process.stdout.write(`${JSON.stringify(result.ok ? result.value : { error: result.error })}\n`)
      return
    }
    if (result.ok) {
      const { experts, dryRun } = result.value
      this.logger.success(
        dryRun ? `${experts} experts could be taken over; nothing was kept` : `${experts} experts taken over`
      )
      return
    }
    const { error } = result
    if (error.code === 'E_ROWS') {
      for (const { line, column, code, value } of error.faults)
        this.logger.error(`line ${line}, ${column}: ${code} ${value}`)
      this.logger.error(`Nothing was taken over: ${error.faults.length} faults`)
      return
    }
    const { code, ...details } = error
    this.logger.error(`Nothing was taken over: ${code} ${JSON.stringify(details)}`)
  }
}
