import type { Language, Text } from '#lib/verify/texts'
import type { Outcome } from '#bin/monitor/round'

type FaultCode = Extract<Outcome, { ok: false }>['fault']['code']

const FAULTS: Record<FaultCode, Text> = {
  log_signature: ['检查点没有登记公钥的有效签名', 'the checkpoint has no valid signature of a pinned key'],
  log_not_cosigned: ['检查点没有监督端的联署', 'the checkpoint has no cosignature of the witness'],
  log_other_origin: ['换了一个日志', 'it is another log'],
  log_rolled_back: ['日志被退回：比上次少', 'the log was rolled back: it is shorter than before'],
  log_forked: [
    '日志被改写：不是上次那一个的延续',
    'the log was rewritten: it does not go on from what was seen',
  ],
  log_entries: ['给出的条目不是日志里的条目', 'the entries served are not those of the log'],
  log_entry_form: ['有条目不是规定的写法', 'an entry is not written as entries are'],
  log_streams: ['同一论证的条目不连续', 'entries of one stream do not follow one another'],
  log_withheld: [
    '检查点已签名，它所指的文件却取不到：所签的内容无从核对',
    'the checkpoint is signed, and a file that it stands for is not served: nobody can tell what was signed',
  ],
  witness_saw_more: [
    '监督端见过更长的日志：这里给出的是旧的',
    'the witness has seen more of the log than is shown here',
  ],
  witness_saw_another_log: [
    '监督端见过的是另一个日志：对不同的人给出不同的日志',
    'the witness has seen another log: different visitors are shown different logs',
  ],
}

export const HELP: Record<Language, string> = {
  zh: `用法：npm run monitor -- 网址 --state 文件 --trust 文件或目录 [--witness 网址] [--json] [--lang zh|en]
核对存证日志（网址如 https://…/log）是上次所见那一个的延续，逐条核对新条目，并记住所见。供别处的机器定时运行。
  --state    必填。记住所见的文件；第一次运行时建立
  --trust    必填。登记的公钥（*.vkey）；其中有监督端的，就必须有它的联署
  --witness  监督端的网址：再与它见过的核对
  --json     结果为 JSON
  --lang     文字用中文（zh）或英文（en）
结果：0 无误，1 日志不是原来那个或与所称不符（所给的检查点留在“文件.refused”作证；
签过名而未核完的都留在“文件.notes”里，下次再核），2 无人应答或用法不对。
`,
  en: `usage: npm run monitor -- URL --state FILE --trust FILE|DIR [--witness URL] [--json] [--lang zh|en]
Checks that a ledger (URL as in https://…/log) goes on from what was seen last, entry by entry, and remembers it. To be
run from cron on a machine elsewhere.
  --state    required: file that remembers; made on the first run
  --trust    required: pinned keys (*.vkey); where a witness's is among them, its cosignature is demanded
  --witness  the witness's address: compares with what it has seen too
  --json     the result as JSON
  --lang     words in Chinese (zh) or English (en)
Ends with 0 all is well, 1 the ledger is not what it was or claims (the checkpoint stays in FILE.refused as proof; all that was
signed and not yet followed stays in FILE.notes and is compared next time), 2 nobody answered, or misuse.
`,
}

/** The last line says how it ended, with the code beside the words. */
export function outcomeText(outcome: Outcome, language: Language): string {
  const zh = language === 'zh'
  if (!outcome.ok) {
    const { fault, evidence } = outcome
    const { code, ...place } = fault
    const where = Object.entries(place).map(([name, value]) => `${name} ${value}`)
    return `✘ ${FAULTS[code][zh ? 0 : 1]} [${code}] ${where.join(', ')}\n  ${evidence}`
  }
  const { origin, size, from, cosignedAt } = outcome
  const seen = cosignedAt.join(', ')
  // Without the witness's key among the pinned ones its cosignature can't be told from anybody's.
  if (zh)
    return `✔ ${origin}：${size} 条，比上次多 ${size - from} 条；${seen ? `联署 ${seen}` : '未登记监督端公钥，联署未核对'}`
  return `✔ ${origin}: ${size} entries, ${size - from} since last time; ${seen ? `cosigned ${seen}` : 'cosignature not checked: no key of a witness is pinned'}`
}
