import type { Regulation } from '#core/regulation/types'
import { BODY, Flow, PAGE, SMALL } from '#lib/pdf/layout/flow'
import { loadFonts } from '#lib/pdf/layout/font_set'
import { newTag } from '#lib/pdf/layout/ops'
import { table } from '#lib/pdf/layout/table'
import { writePdf } from '#lib/pdf/layout/write_pdf'
import type { DemoPlan } from '../../resources/demo/load_demo.js'

/** Pages of each chapter: the same for all demo plans, so that chapters and drawings can be noted by rule. */
const PAGES_PER_CHAPTER = 2
export const DEMO_PLAN_PAGES = 1 + 9 * PAGES_PER_CHAPTER

/** First and last page of the n-th chapter, n from 0. */
export function demoChapterPages(index: number): { from: number; to: number } {
  const from = 2 + index * PAGES_PER_CHAPTER
  return { from, to: from + PAGES_PER_CHAPTER - 1 }
}

const MARK = '演示方案，工程、单位和数据均为虚构'

/** A plan of nine chapters as the demonstration shows it: invented, and marked so on every page. */
export async function demoPlanPdf(
  plan: DemoPlan,
  contractor: string,
  regulation: Regulation
): Promise<Uint8Array> {
  const chapters = regulation.chapters.map(({ number, zh }) => `第${number}章　${zh}`)
  const texts = [
    plan.name,
    plan.project,
    plan.place,
    plan.permit_code,
    plan.part,
    plan.summary,
    contractor,
    MARK,
  ]
  const sample = [...texts, ...plan.features, ...chapters, ...SENTENCES.flat(), FRAME].join('')
  const fonts = await loadFonts(sample)
  if (!fonts.ok) throw new Error(`Demo plan ${plan.key}: ${JSON.stringify(fonts.error)}`)
  const flow = new Flow(fonts.value)
  cover(flow, plan, contractor)
  for (const [index, title] of chapters.entries()) chapter(flow, plan, index, title)
  if (flow.pages.length !== DEMO_PLAN_PAGES)
    throw new Error(`Demo plan ${plan.key} has ${flow.pages.length} pages`)
  for (const [index] of flow.pages.entries()) foot(flow, index)
  return writePdf(flow, {
    title: plan.name,
    subject: MARK,
    createdAt: new Date(0),
    identity: plan.key,
    fieldText: '',
  })
}

const FRAME = '0123456789. 第页共—·、；：（）　/mkN㎡²项目内容要求责任'

/** What any plan says in a chapter; the work's own facts stand beside it. */
const SENTENCES: readonly (readonly string[])[] = [
  ['工程地点、结构形式、周边环境和地下管线已现场核对。', '场地地层、地下水位和不良地质情况见勘察报告摘要。'],
  [
    '住房和城乡建设部令第37号；建办质〔2018〕31号；建办质〔2021〕48号。',
    '勘察报告、施工图、施工组织设计及现行国家标准、行业标准。',
  ],
  ['劳动力、材料、设备按流水段配置，关键工序留有检验时间。', '恶劣天气和节假日期间的安排另附。'],
  ['施工顺序、技术参数和操作要求按本章各节执行。', '上一道工序验收合格后方可进行下一道工序。'],
  ['组织保障、技术保障和监测监控措施落实到人。', '监测项目、测点、频率、预警值和报告程序见附表。'],
  ['项目负责人、技术负责人、专职安全员和特种作业人员名单及证书见附表。', '安全职责和交底程序逐级落实。'],
  [
    '验收标准、程序、内容和人员按规定执行，验收牌设于明显位置。',
    '未经验收或验收不合格的，不得进入下一道工序。',
  ],
  ['应急组织、物资、撤离路线和就近医院已明确，每季度演练一次。', '出现预警时立即停工，撤出人员后再行处置。'],
  ['计算书列明荷载、材料、工况和结果，图纸与计算书一致。', '平面图、剖面图、节点详图和监测点平面图附后。'],
]

function cover(flow: Flow, plan: DemoPlan, contractor: string): void {
  flow.newPage(true)
  const tag = newTag('P', flow.root)
  const style = { ...BODY, justify: false }
  flow.centred(plan.name.slice(0, 22), 600, { ...style, size: 22, leading: 34, weight: 'bold' }, tag)
  if (plan.name.length > 22)
    flow.centred(plan.name.slice(22), 566, { ...style, size: 22, leading: 34, weight: 'bold' }, tag)
  flow.centred(plan.project, 500, { ...style, size: 14 }, tag)
  flow.centred(contractor, 180, { ...style, size: 14 }, tag)
  flow.centred(MARK, 120, SMALL, tag)
}

function chapter(flow: Flow, plan: DemoPlan, index: number, title: string): void {
  flow.newPage()
  flow.heading(title)
  flow.paragraph(index === 0 ? plan.summary : SENTENCES[index]![0]!, BODY, { indent: 21 })
  for (const feature of plan.features) flow.paragraph(feature, BODY, { indent: 21 })
  table(flow, {
    columns: [1, 2, 4],
    head: ['项目', '内容', '要求'],
    rows: SENTENCES[index]!.map((sentence, row) => [
      { text: `${index + 1}.${row + 1}`, align: 'centre' },
      { text: plan.part },
      { text: sentence },
    ]),
  })
  for (let page = 1; page < PAGES_PER_CHAPTER; page++) {
    flow.newPage()
    for (const sentence of SENTENCES[index]!) flow.paragraph(sentence, BODY, { indent: 21 })
  }
}

function foot(flow: Flow, index: number): void {
  const style = { ...SMALL, size: 8 }
  const text = `${MARK}　第 ${index + 1} 页 / 共 ${flow.pages.length} 页`
  const x = (PAGE.width - flow.fonts.width(text, style.size, style.weight)) / 2
  flow.pages[index]!.ops.push({
    kind: 'text',
    x,
    y: 34,
    text,
    spacing: 0,
    tag: undefined,
    size: 8,
    weight: style.weight,
    colour: style.colour,
  })
}
