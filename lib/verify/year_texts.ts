import type { YearCheckCode } from '../draw/fairness/verify_signed_year.ts'
import type { Text } from './texts.ts'

/** Why a year of draws is not genuine, and what each check does. The compiler insists on every code. */
export const YEAR_TEXTS: Record<YearCheckCode, Text> = {
  year_readable: [
    '抽取年度条目不是规范的 JSON，或缺少字段',
    'the year’s entries are no canonical JSON or lack a field',
  ],
  year_checkpoint: [
    '检查点缺少日志的签名或监督端的联署',
    'the checkpoint lacks the ledger’s signature or the witness’s cosignature',
  ],
  year_log: [
    '条目与检查点不符：多了、少了或被改动过',
    'the entries do not make up the checkpoint: some were added, left out or changed',
  ],
  year_entries: ['打开的内容与存证条目不符', 'what is opened is not what the entry commits to'],
  year_draws: ['有一次抽取或其后的记录没有列入', 'a draw, or something that followed of it, is left out'],
  year_ledger_key_trusted: ['存证日志的公钥未登记', 'the ledger’s key is not a pinned one'],
  year_cosigner_key_trusted: ['监督端的联署公钥未登记', 'no cosigning key of the witness is pinned'],
}

const WHAT: Record<YearCheckCode, Text> = {
  year_readable: ['读取年度条目', 'read the year’s entries'],
  year_checkpoint: [
    '检查点由日志签名、监督端联署',
    'the checkpoint is signed by the ledger and cosigned by the witness',
  ],
  year_log: ['由全部条目重算存证日志的根', 'compute the ledger’s root again from every entry'],
  year_entries: ['打开的内容就是条目所记', 'each opened entry is what its leaf commits to'],
  year_draws: [
    '日志中这一年的每次抽取及其后的记录都已列入',
    'every draw of the year that the ledger holds is there, with all that followed',
  ],
  year_ledger_key_trusted: ['存证日志的公钥是登记的', 'the ledger’s key is a pinned one'],
  year_cosigner_key_trusted: ['监督端的联署公钥是登记的', 'a cosigning key of the witness is pinned'],
}

export function yearStepWhat(code: YearCheckCode): Text {
  return WHAT[code]
}
