import type { Step, Verdict, Verified } from '#bin/verify/outcome'

export type Language = 'zh' | 'en'
type Text = readonly [zh: string, en: string]

/** Chinese first, unless the environment speaks another language. */
export function preferredLanguage(environment: NodeJS.ProcessEnv): Language {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || ''
  return locale === '' || locale === 'C' || /^(zh|C\.|POSIX)/.test(locale) ? 'zh' : 'en'
}

const VERDICTS: Record<Verdict, Text> = {
  genuine: [
    '真实：每一步都重算无误，公钥是登记的公钥。',
    'Genuine: every step was recomputed, by the pinned keys.',
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
  unknown: ['不认识的文件', 'Unknown file'],
}

const STEPS: Record<string, Text> = {
  nothing_there: ['没有可核验的文件', 'nothing there to verify'],
  unknown_kind: ['不是本平台的证据或报告', 'neither evidence nor report'],
  readable: ['证据不是规范的 JSON，或缺少字段', 'the evidence is no canonical JSON or lacks a field'],
  rules_record: ['规则记录不完整', 'the rules record is not well-formed'],
  pool_leaves: ['名单中有一条格式不对', 'an entry of the pool is not well-formed'],
  pool_order: ['名单次序不对或有重复', 'the pool is out of order or names somebody twice'],
  plan_identity: ['方案标识未规范', 'the plan identity is not in normal form'],
  plan_key: ['方案指纹与标识不符', 'the plan key does not fit the identity'],
  rules_hash: ['规则指纹不符', 'the rules have another fingerprint'],
  pool_root: ['名单指纹不符：名单被改动过', 'the pool has another fingerprint: it was changed'],
  draw_id: ['抽取指纹不是由方案、规则、名单得出', 'the draw does not follow from plan, rules and pool'],
  level: [
    '只有服务器一方的随机数，不可用于正式抽取',
    'random numbers of the server alone: not for production',
  ],
  server_proof: ['建管中心的随机数证明无效', 'the centre’s proof is not valid'],
  witness_proof: ['监督端的随机数证明无效', 'the witness’s proof is not valid'],
  openings: ['公开的姓名与名单不符', 'an opened name does not fit the pool'],
  feasible: ['名单不足以抽取', 'the pool is not feasible'],
  result: ['十人与重算结果不同', 'the ten differ from what recomputing gives'],
  default_panel: ['随机顺序前五名与重算结果不同', 'the first five differ from what recomputing gives'],
  departure: ['递补与重算结果不同', 'a replacement differs'],
  server_key_trusted: ['建管中心公钥不是登记的公钥', 'the centre’s key is not the pinned one'],
  witness_key_trusted: ['监督端公钥不是登记的公钥', 'the witness’s key is not the pinned one'],
  signature: ['签名无效', 'a signature is not valid'],
}

export const HELP: Record<Language, string> = {
  zh: `用法：npm run verify -- 文件或目录 … [--trust 文件或目录] [--json] [--lang zh|en]
离线核验论证报告（PDF）和专家抽取证据（JSON），不用服务器和数据库。
  --trust  登记的公钥与根证书；不给时用本机安装登记的那一套
  --json   结果为 JSON
结果：0 真实，1 不真实或不知出自何人，2 无法读取。
`,
  en: `usage: npm run verify -- FILE|DIR … [--trust FILE|DIR] [--json] [--lang zh|en]
Verifies review reports (PDF) and evidence of draws (JSON), offline, without server or database.
  --trust  pinned keys and root certificates; this installation's own when left out
  --json   the result as JSON
Ends with 0 genuine, 1 not genuine or signer unknown, 2 unreadable.
`,
}

const at = (text: Text, language: Language) => text[language === 'zh' ? 0 : 1]

export function verdictText(verdict: Verdict, language: Language): string {
  return at(VERDICTS[verdict], language)
}

export function kindText(kind: Verified['kind'], language: Language): string {
  return at(KINDS[kind], language)
}

/** The code always stands beside the words, so that a finding can be looked up whatever the language. */
export function stepText({ code, detail }: Step, language: Language): string {
  const text = STEPS[code]
  const words = text ? `${at(text, language)} [${code}]` : code
  return detail ? `${words} ${detail}` : words
}
