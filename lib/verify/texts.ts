import { BUNDLE_TEXTS } from './bundle_texts.ts'
import { DRAW_TEXTS } from './draw_texts.ts'
import { LEDGER_TEXTS } from './ledger_texts.ts'
import type { InputCode, Step, StepCode, Verdict, Verified } from './outcome.ts'
import { REPORT_TEXTS } from './report_texts.ts'
import { SPOT_CHECK_TEXTS } from './spot_check_texts.ts'
import { YEAR_TEXTS } from './year_texts.ts'

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
  bundle: ['证据包', 'Evidence bundle'],
  draw_evidence: ['专家抽取证据', 'Evidence of a draw'],
  spot_check_evidence: ['抽查证据', 'Evidence of a spot check'],
  year_of_draws: ['抽取年度条目', 'Entries of a year of draws'],
  report_pdf: ['论证报告', 'Review report'],
  ledger: ['存证日志', 'Ledger'],
  unknown: ['不认识的文件', 'Unknown file'],
}

const INPUT_TEXTS: Record<InputCode, Text> = {
  nothing_there: ['没有可核验的文件', 'nothing there to verify'],
  not_readable: ['文件打不开', 'the file can’t be opened'],
  unknown_kind: ['不是本平台的证据、报告或日志', 'neither evidence nor report nor ledger'],
  zip_refused: ['压缩包损坏，或含有不该有的文件', 'the archive is damaged, or holds what it may not'],
  signature: ['签名有效', 'the signature is valid'],
  root_trusted: [
    '没有登记的根证书，不知签名出自何人',
    'no root certificate is pinned, so nobody knows whose signatures these are',
  ],
}

const STEPS: Record<StepCode, Text> = {
  ...BUNDLE_TEXTS,
  ...DRAW_TEXTS,
  ...SPOT_CHECK_TEXTS,
  ...YEAR_TEXTS,
  ...REPORT_TEXTS,
  ...LEDGER_TEXTS,
  ...INPUT_TEXTS,
}

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
