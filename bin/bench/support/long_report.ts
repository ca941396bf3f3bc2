import type { ReportDocument } from '#lib/pdf/report_document'

const LETTERS = ['A', 'B', 'C', 'D', 'E']
const NAMES = ['韦国栋', '覃思远', '黄丽萍', '莫志坚', '农建邦']
const finding = {
  place: '监测方案，第 96 页',
  opinion:
    '监测未设深层水平位移、支撑轴力、立柱竖向位移、地下水位、周边地表及燃气管竖向位移及预警值，应补齐测点图、频率、双控预警及撤离流程。',
  basis: 'GB 50497-2019 第 8.0.1 条',
  sources: '',
}

/** Who signs it, in the order of the fields. */
export const SIGNERS = NAMES.map((name, index) => ({ name, rosterNumber: `JK-000${index + 1}` }))

/** A report of five experts, as long as `opinionsEach` makes it: about nine opinions fill a page. */
export function longReport(opinionsEach: number): ReportDocument {
  const people = NAMES.map((name, index) => ({ name, letter: LETTERS[index]! }))
  return {
    number: 'LZ-2026-0001',
    round: 1,
    verificationCode: '7Q4MK2TX',
    verificationUrl: 'https://lunzheng.example/v/7Q4MK2TX',
    demonstration: true,
    createdAt: '2026-03-18T08:46:00Z',
    project: {
      name: '五象湖 A-07 地块综合体工程',
      place: '南宁市良庆区',
      permitNumber: '450108202603010101',
    },
    parties: [{ role: '施工总承包单位', name: '岭秀建工集团有限公司' }],
    organiser: '岭秀建工集团有限公司',
    agency: '',
    plan: {
      name: '五象湖 A-07 地块深基坑工程专项施工方案',
      version: 'V3（186 页）',
      category: '深基坑工程（土方开挖、支护、降水）',
      parameters: '开挖深度 13.8 m',
      clauses: '一（一）',
      contractorReviewedOn: '2026年3月9日',
      supervisorReviewedOn: '2026年3月11日',
    },
    meeting: { time: '2026年3月18日 14:00—16:40', place: '远程会议', mode: '远程视频', survey: '' },
    overview: '地下三层，开挖深度 13.8 m，钻孔灌注桩加三道钢筋混凝土内支撑，三轴水泥土搅拌桩止水。',
    experts: people.map(({ name, letter }, index) => ({
      letter,
      role: index === 0 ? ('leader' as const) : ('expert' as const),
      name,
      employer: `第 ${index + 1} 岩土工程研究院`,
      position: '总工程师',
      title: '教授级高级工程师',
      specialty: '岩土工程',
      rosterNumber: `JK-000${index + 1}`,
    })),
    answers: { complete: '内容基本完整。', calculation: '须重算地面荷载。', site: '基本满足现场情况。' },
    severeDefects: [],
    mustFix: Array.from({ length: 10 }, () => finding),
    advice: [],
    conclusion: {
      verdict: 'pass_after_revision',
      text: '专家组一致意见：本方案修改后通过。',
      reason: '',
      dissents: [],
    },
    signing: { organiserSealDate: '2026年3月18日', note: '签名为电子签名，时间以时间戳为准。' },
    annexes: {
      opinions: people.map(({ name, letter }) => ({
        expert: `${name}（${letter}）`,
        rows: Array.from({ length: opinionsEach }, (_, n) => ({ ...finding, sources: `${letter}${n + 1}` })),
      })),
      attendance: { host: '农建邦', experts: [], others: [], required: [] },
      photographs: [],
      delegates: [],
      draw: { number: 'CQ-2026-0001', time: '2026年3月13日 09:12', pool: 47, rows: [], note: '' },
      verification: [{ label: '存证日志', value: '#1291355' }],
    },
  }
}
