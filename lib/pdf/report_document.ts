/**
 * What the report says: every field of the form 《危险性较大的分部分项工程专项施工方案专家论证报告》, in the order
 * that practice knows (REP-1). Plain data, Chinese texts as they are printed; dates and times come formatted.
 * The contractor's copy leaves persons out of `annexes.opinions` (REP-9): the caller decides what it passes.
 */
export type ReportDocument = {
  /** Report number, LZ-year-number. */
  number: string
  /** Round of review, from 1. */
  round: number
  /** Version code of 8 characters that the QR code and the address carry. */
  verificationCode: string
  verificationUrl: string
  /** Whether the certificates are of the demonstration authority: the report then says so (REP-2). */
  demonstration: boolean
  /** Moment of generation, ISO 8601 in UTC: goes into the metadata, so the same data give the same bytes. */
  createdAt: string
  project: { name: string; place: string; permitNumber: string }
  parties: ReportParty[]
  organiser: string
  agency: string
  plan: ReportPlan
  meeting: { time: string; place: string; mode: string; survey: string }
  /** 工程概况, at most 300 characters. */
  overview: string
  experts: ReportExpert[]
  /** Answers to the three questions of 建办质〔2018〕31号 六. */
  answers: { complete: string; calculation: string; site: string }
  /** Numbers of the clauses of the 2021 list of severe defects that stand; none means 无. */
  severeDefects: string[]
  mustFix: ReportItem[]
  advice: ReportItem[]
  conclusion: ReportConclusion
  signing: { organiserSealDate: string; note: string }
  annexes: ReportAnnexes
}

/** 建设, 勘察, 设计, 施工总承包, 专业分包, 监理, 监测; `lead` is 项目负责人 or 总监, absent where the form has none. */
export type ReportParty = { role: string; name: string; lead?: { title: string; name: string } }

export type ReportPlan = {
  name: string
  version: string
  category: string
  parameters: string
  clauses: string
  /** 施工单位审核日期 */
  contractorReviewedOn: string
  /** 总监审查日期 */
  supervisorReviewedOn: string
}

export type ReportExpert = {
  letter: string
  role: 'leader' | 'expert'
  name: string
  employer: string
  position: string
  title: string
  specialty: string
  /** Roster number: what the certificate's serialNumber carries and the signature is matched by. */
  rosterNumber: string
}

/** 应修改完善的意见 and 建议: where in the plan, what, on which clause. */
export type ReportItem = { place: string; opinion: string; basis: string; sources: string }

export type ReportConclusion = {
  verdict: 'pass' | 'pass_after_revision' | 'fail'
  text: string
  /** 不通过的理由 */
  reason: string
  /** 不同意见及理由 */
  dissents: { name: string; opinion: string; reason: string }[]
}

export type ReportAnnexes = {
  /** ① 个人意见表 */
  opinions: { expert: string; rows: ReportItem[] }[]
  /** ② 签到表 */
  attendance: {
    host: string
    experts: ReportAttendee[]
    others: ReportAttendee[]
    /** Whom the regulation requires (MEET-2), as the leader noted them; `note` says who stood in or why none came. */
    required: { role: string; name: string; note: string }[]
  }
  /**
   * ③ 会议照片: whom the camera showed at sign-in, and when. The pictures stay in the system, behind who may see
   * them: that is what people were told before they took them (PIPL), and the report goes to everybody.
   */
  photographs: { name: string; time: string }[]
  /** ④ 授权委托: who came in another's place (MEET-2). */
  delegates: { role: string; name: string }[]
  /** ⑥ 抽取单 */
  draw: {
    number: string
    time: string
    pool: number
    rows: { order: number; name: string; employer: string; specialty: string; outcome: string }[]
    note: string
  }
  /** ⑦ 核验页: the only place for digests. */
  verification: { label: string; value: string }[]
  /** ⑦ Where the ledger stood; reports of before it was printed have none. */
  receipt?: { index: number; size: number; root: string; token: string; address: string } | undefined
}

export type ReportAttendee = {
  name: string
  organization: string
  position: string
  phone: string
  joined: string
  left: string
}

export const OVERVIEW_LIMIT = 300
export const SEAL_FIELD = 'seal'
export const ARCHIVE_FIELDS = ['archive_01', 'archive_02'] as const

/** Field names are prefix-free: `sig_1` would be taken for a parent of `sig_10` by some readers. */
export function signatureField(index: number): string {
  return `sig_${String(index + 1).padStart(2, '0')}`
}
