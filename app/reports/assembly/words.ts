import type { Conclusion } from '#reviews/public'

/** The report is a Chinese document: these words are printed, whatever the language of the interface. */
export const PARTY_WORDS: Readonly<Record<string, { role: string; lead?: string }>> = {
  owner: { role: '建设单位', lead: '项目负责人' },
  survey: { role: '勘察单位' },
  design: { role: '设计单位' },
  general_contractor: { role: '施工总承包单位', lead: '项目负责人' },
  subcontractor: { role: '专业分包单位', lead: '项目负责人' },
  supervision: { role: '监理单位', lead: '总监' },
  monitoring: { role: '监测单位' },
}

export const MODE_WORDS: Readonly<Record<string, string>> = {
  remote: '远程视频',
  on_site: '现场',
  mixed: '现场与远程视频',
}

export const VERDICTS = { PASS: 'pass', REVISE: 'pass_after_revision', FAIL: 'fail' } as const
export const VERDICT_WORDS: Readonly<Record<Conclusion, string>> = {
  PASS: '通过',
  REVISE: '修改后通过',
  FAIL: '不通过',
}

const CONSEQUENCES: Readonly<Record<Conclusion, string>> = {
  PASS: '施工单位逐条答复建议后，按本方案组织实施。',
  REVISE:
    '施工单位按上述应修改完善的意见修改，由组长填写修改后方案审查意见，重新履行施工单位审核、监理审查后方可实施。',
  FAIL: '施工单位应当重新编制方案，重新履行审核、审查程序，并重新组织论证。',
}

/** Rule CONC-1: called unanimous only where nobody dissents. */
export function conclusionText(conclusion: Conclusion, unanimous: boolean): string {
  const who = unanimous ? '专家组一致意见' : '专家组意见'
  return `${who}：本方案${VERDICT_WORDS[conclusion]}。${CONSEQUENCES[conclusion]}`
}

export const SIGNING_NOTE =
  '签名为电子签名，各人用本人的密钥签署，时间以时间戳为准。签署后对签名或正文的任何改动都能被发现。手签处与骑缝章见打印版。'
export const DEMONSTRATION_NOTE = '本报告的证书由演示认证机构签发，仅供演示。'
export const DRAW_NOTE =
  '随机抽取，可复核：随机数由住建局监督端与平台共同产生，抽取后任何人可用离线程序重算。'
export const NO_SURVEY = '未另行踏勘。'
export const ORGANISED_BY_ITSELF = '组织单位自行组织'
