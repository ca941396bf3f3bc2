import { formatReceipt, receiptAddress } from '#lib/ledger/receipt'
import type { ReportDocument } from '../../../../lib/pdf/report_document.ts'

const LONG =
  '广西壮族自治区南宁市五象新区总部基地建设投资开发集团有限责任公司第三工程建设项目管理分公司深基坑支护专业施工部南宁经理部项目办公室'

export const PEOPLE = [
  ['A', '韦国栋', '八桂岩土工程研究院', '总工程师', '教授级高级工程师', '岩土工程', 'JK-2026-0001'],
  ['B', '覃思远', '南岭大学土木建筑工程学院', '系主任', '教授', '结构工程', 'JK-2026-0002'],
  ['C', '黄丽萍', '精测工程检测中心', '技术负责人', '高级工程师', '工程检测与监测', 'JK-2026-0003'],
  ['D', '莫志坚', '稳行岩土技术服务有限公司', '副总工程师', '高级工程师', '基坑施工', 'JK-2026-0004'],
  [
    'E',
    '古丽娜尔·阿不都热合曼',
    '西部水文地质工程勘察院有限责任公司',
    '主任工程师',
    '正高级工程师',
    '水文地质',
    'JK-2026-0005',
  ],
] as const

const item = (place: string, opinion: string, basis: string, sources = '') => ({
  place,
  opinion,
  basis,
  sources,
})

const RECEIPT = {
  index: 1_291_355,
  size: 1_291_356,
  root: 'ca27e538f3b183aa5d0c9e2f6a1b7c48d93f0e5a62b4c7d8e9f0a1b2c3d4ec62',
}

export function sampleReport(changes: Partial<ReportDocument> = {}): ReportDocument {
  return {
    number: 'LZ-2026-0117',
    round: 1,
    verificationCode: '7Q4MK2TX',
    verificationUrl: 'https://lunzheng.example/v/7Q4MK2TX',
    demonstration: true,
    createdAt: '2026-03-18T08:46:00Z',
    project: {
      name: '五象湖 A-07 地块综合体工程',
      place: '南宁市良庆区五象大道与玉洞大道交叉口东北侧',
      permitNumber: '450108202603010101',
    },
    parties: [
      { role: '建设单位', name: LONG, lead: { title: '项目负责人', name: '农建邦' } },
      { role: '勘察单位', name: '桂西勘察设计院有限公司' },
      { role: '设计单位', name: '南湖建筑设计院有限公司' },
      { role: '施工总承包单位', name: '邕江建设集团有限公司', lead: { title: '项目负责人', name: '陆海明' } },
      {
        role: '专业分包单位',
        name: '固基地基基础工程有限公司',
        lead: { title: '项目负责人', name: '梁家铭' },
      },
      { role: '监理单位', name: '诚正工程监理有限公司', lead: { title: '总监', name: '邓启超' } },
      { role: '监测单位', name: '精微测绘科技有限公司' },
    ],
    organiser: '邕江建设集团有限公司',
    agency: '市建管中心论证服务部',
    plan: {
      name: '五象湖 A-07 地块深基坑工程专项施工方案',
      version: 'V3（186 页）',
      category: '深基坑工程（土方开挖、支护、降水）',
      parameters: '开挖深度 13.8 m，支护桩加三道内支撑，周长 412 m，面积 9 860 ㎡',
      clauses: '一（一）',
      contractorReviewedOn: '2026年3月9日',
      supervisorReviewedOn: '2026年3月11日',
    },
    meeting: {
      time: '2026年3月18日 14:00—16:40',
      place: '远程会议（市建管中心第二会议室设分会场）',
      mode: '远程视频',
      survey: '3月17日由覃思远、莫志坚踏勘现场，查看基坑北侧燃气管位置及周边建筑。',
    },
    overview:
      '本工程位于良庆区五象湖东侧，地下三层，基坑开挖深度 13.8 m，采用钻孔灌注桩加三道钢筋混凝土内支撑支护，止水帷幕为三轴水泥土搅拌桩。基坑北侧 6.5 m 有 DN300 中压燃气管，东侧 12 m 为六层住宅（天然地基）。场地土层自上而下为填土、粉质黏土、圆砾及泥岩，圆砾层含承压水，水头高于坑底约 4 m。土方分四层开挖，支撑自上而下设置，拆撑时设换撑板带；降水采用坑内管井，坑外设回灌井。',
    experts: PEOPLE.map(([letter, name, employer, position, title, specialty, rosterNumber], index) => ({
      letter,
      name,
      employer,
      position,
      title,
      specialty,
      rosterNumber,
      role: index === 0 ? ('leader' as const) : ('expert' as const),
    })),
    answers: {
      complete: '方案内容基本完整，施工工艺可行；监测、降水与燃气管保护的内容须补充。',
      calculation: '计算书采用的标准现行有效，抗隆起验算的地面荷载取值偏小，须按泵车、土方车工况重算。',
      site: '基本满足现场实际情况；按应修改完善的意见修改后，能够确保施工安全。',
    },
    severeDefects: [],
    mustFix: [
      item(
        '监测方案，第 96 页',
        '补充深层水平位移、支撑轴力、立柱竖向位移、地下水位、周边地表及燃气管竖向位移监测，明确测点、频率、双控预警值与撤离流程。',
        'GB 50497-2019',
        'C1、C2'
      ),
      item(
        '计算书第 148 页',
        '抗隆起验算地面荷载取值偏小，按泵车、土方车工况重算；完善渗透稳定验算；坑底泥岩遇水软化，写明及时封底要求。',
        'JGJ 120-2012 第 4.2.4、4.2.6 条及附录 C',
        'A1、B1'
      ),
      item(
        '表 4-12，第 58、59 页',
        '细化各道支撑拆除时的结构混凝土强度值、换撑节点详图。',
        'JGJ 120-2012 第 4.1.2 条第 3 款',
        'B2、D1'
      ),
      item(
        '降水设计，第 47 页',
        '补充涌水量计算，坑外增设观测井与回灌井，编制回灌预案。',
        'JGJ 120-2012 第 7 章',
        'E1、E2'
      ),
      item(
        '燃气管保护，第 42 页',
        '补充允许变形值、管线变形监测、与燃气经营企业共同制定的保护方案和应急联动。',
        '《城镇燃气管理条例》第三十七条，GB 50497-2019',
        'A2'
      ),
    ],
    advice: [item('方案第 61 页', '补充马道收尾分层开挖示意图。', '', 'D2')],
    conclusion: {
      verdict: 'pass_after_revision',
      reason: '',
      dissents: [],
      text: '专家组一致意见：本方案修改后通过。施工单位按上述应修改完善的意见修改，由组长填写修改后方案审查意见，重新履行施工单位审核、监理审查后方可实施。',
    },
    signing: {
      organiserSealDate: '2026年3月18日',
      note: '签名为电子签名，各人用本人的密钥签署，时间以时间戳为准。签署后对签名或正文的任何改动都能被发现。手签处与骑缝章见打印版。',
    },
    annexes: {
      opinions: PEOPLE.map(([letter, name], index) => ({
        expert: `${name}（${letter}）`,
        rows: [
          item(
            '第 96 页',
            '监测未设深层水平位移、支撑轴力、立柱竖向位移、地下水位、周边地表及燃气管竖向位移及预警值，应补齐测点图、频率、双控预警及撤离流程。'.repeat(
              index === 2 ? 9 : 1
            ),
            'GB 50497-2019',
            `${letter}1`
          ),
          item(
            '计算书第 148 页',
            '抗隆起验算地面荷载取值偏小，应按泵车、土方车工况重算。',
            'JGJ 120-2012 第 4.2.4 条',
            `${letter}2`
          ),
        ],
      })),
      attendance: {
        host: '农建邦',
        experts: PEOPLE.map(([, name, employer, , title], index) => ({
          name,
          organization: employer,
          position: title,
          phone: `1990000010${index}`,
          joined: '13:5' + index,
          left: '16:41',
        })),
        others: Array.from({ length: 22 }, (_, index) => ({
          name: `参会人${index + 1}`,
          organization: index % 5 === 0 ? LONG : '邕江建设集团有限公司',
          position: '专职安全员',
          phone: `199000002${String(index).padStart(2, '0')}`,
          joined: '13:55',
          left: '16:40',
        })),
        required: [
          { role: '勘察单位项目技术负责人', name: '吉田和也', note: '' },
          { role: '总承包单位技术负责人或授权委派的专业技术人员', name: '蓝启钧', note: '受委托到会' },
          { role: '专业监理工程师', name: '', note: '缺席：因公出差，由总监代为回答' },
        ],
      },
      photographs: PEOPLE.map(([, name], index) => ({ name, time: `2026年3月16日 13:5${index}` })),
      delegates: [{ role: '总承包单位技术负责人或授权委派的专业技术人员', name: '蓝启钧' }],
      draw: {
        number: 'CQ-2026-0093',
        time: '2026年3月13日 09:12',
        pool: 47,
        note: '随机抽取，可复核：随机数由住建局监督端与平台共同产生，抽取后任何人可用离线程序重算。',
        rows: PEOPLE.map(([, name, employer, , , specialty], index) => ({
          order: index + 1,
          name,
          employer,
          specialty,
          outcome: '确认参加',
        })),
      },
      verification: [
        {
          label: '方案文件 SHA-256',
          value: 'ca27e538f3b183aa5d0c9e2f6a1b7c48d93f0e5a62b4c7d8e9f0a1b2c3d4ec62',
        },
        {
          label: '抽取证据 SHA-256',
          value: '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0',
        },
        { label: '存证日志', value: '#1291355' },
      ],
      receipt: {
        ...RECEIPT,
        token: formatReceipt(RECEIPT),
        address: receiptAddress('https://lunzheng.example', RECEIPT),
      },
    },
    ...changes,
  }
}
