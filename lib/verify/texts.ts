<<<<<<< HEAD:lib/verify/texts.ts
import { DRAW_TEXTS } from './draw_texts.ts'
import type { InputCode, Step, StepCode, Verdict, Verified } from './outcome.ts'
import { REPORT_TEXTS } from './report_texts.ts'
=======
import { DRAW_TEXTS } from '#bin/verify/draw_texts'
import { LEDGER_TEXTS } from '#bin/verify/ledger_texts'
import type { InputCode, Step, StepCode, Verdict, Verified } from '#bin/verify/outcome'
import { REPORT_TEXTS } from '#bin/verify/report_texts'
>>>>>>> db6341a (The ledger is published as tiles under checkpoints that the witness cosigns; what was wound back or rewritten is not signed):bin/verify/texts.ts

export type Language = 'zh' | 'en'
export type Text = readonly [zh: string, en: string]

const VERDICTS: Record<Verdict, Text> = {
  genuine: [
    '真实：每一步都重算无误，公钥和根证书是登记的。',
    'Genuine: every step was recomputed, by pinned keys and roots.',
  ],
  not_genuine: ['不真实：见上面未通过的步骤。', 'Not genuine: see the steps that failed.'],
  consistent_unknown_signer: [
    '内容一致，但不知出自何人：没有相符的登记公钥或根证书（--trust）。',
    'Consistent, signer unknown: no pinned key or root fits (--trust).',
  ],
  unreadable: ['无法读取。', 'Unreadable.'],
}

const KINDS: Record<Verified['kind'], Text> = {
  draw_evidence: ['专家抽取证据', 'Evidence of a draw'],
  report_pdf: ['论证报告', 'Review report'],
  ledger: ['存证日志', 'Ledger'],
  unknown: ['不认识的文件', 'Unknown file'],
}

const INPUT_TEXTS: Record<InputCode, Text> = {
  nothing_there: ['没有可核验的文件', 'nothing there to verify'],
  not_readable: ['文件打不开', 'the file can’t be opened'],
  unknown_kind: ['不是本平台的证据、报告或日志', 'neither evidence nor report nor ledger'],
  signature: ['签名有效', 'the signature is valid'],
  root_trusted: [
    '没有登记的根证书，不知签名出自何人',
    'no root certificate is pinned, so nobody knows whose signatures these are',
  ],
}

const STEPS: Record<StepCode, Text> = { ...DRAW_TEXTS, ...REPORT_TEXTS, ...LEDGER_TEXTS, ...INPUT_TEXTS }

<<<<<<< HEAD:lib/verify/texts.ts
=======
export const HELP: Record<Language, string> = {
  zh: `用法：npm run verify -- 文件或目录 … [--trust 文件或目录] [--json] [--lang zh|en]
离线核验论证报告（PDF）、专家抽取证据（JSON）和存证日志（含 checkpoint 与 tile 的目录），不用服务器和数据库。
  --trust  登记的公钥与根证书；不给时用本机安装登记的那一套
  --json   结果为 JSON，每个原因有代码和中英文
  --lang   文字用中文（zh）或英文（en）
  --help   显示本说明
结果：0 真实，1 不真实或不知出自何人，2 无法读取或用法不对；有多个文件时取最差的。
`,
  en: `usage: npm run verify -- FILE|DIR … [--trust FILE|DIR] [--json] [--lang zh|en]
Verifies review reports (PDF), evidence of draws (JSON) and ledgers (a folder with checkpoint and tile), offline,
without server or database.
  --trust  pinned keys and root certificates; this installation's own when left out
  --json   the result as JSON, each reason by its code and in both languages
  --lang   words in Chinese (zh) or English (en)
  --help   this text
Ends with 0 genuine, 1 not genuine or signer unknown, 2 unreadable or misuse; of several files with the worst.
`,
}

>>>>>>> db6341a (The ledger is published as tiles under checkpoints that the witness cosigns; what was wound back or rewritten is not signed):bin/verify/texts.ts
const at = (text: Text, language: Language) => text[language === 'zh' ? 0 : 1]

export function verdictText(verdict: Verdict, language: Language): string {
  return at(VERDICTS[verdict], language)
}

export function kindText(kind: Verified['kind'], language: Language): string {
  return at(KINDS[kind], language)
}

/** What a step that failed means; nothing for one that passed. */
export function reasonOf({ code, ok }: Pick<Step, 'code' | 'ok'>): { zh: string; en: string } | null {
  const [zh, en] = STEPS[code]
  return ok ? null : { zh, en }
}

/** The code always stands beside the words, so that a finding can be looked up whatever the language. */
export function stepText({ code, detail }: Step, language: Language): string {
  const words = `${at(STEPS[code], language)} [${code}]`
  return detail ? `${words} ${detail}` : words
}
