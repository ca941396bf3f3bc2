import { BODY, Flow, SMALL } from '#lib/pdf/layout/flow'
import { loadFonts } from '#lib/pdf/layout/font_set'
import { newTag } from '#lib/pdf/layout/ops'
import { writePdf } from '#lib/pdf/layout/write_pdf'
import type { DemoPlan } from '../../resources/demo/load_demo.js'

const TITLE = '论证委托书'
const MARK = '演示文件，单位和数据均为虚构'

/** The letter by which a contractor of the demonstration delegates its review to an agency, marked as invented. */
export async function demoLetterPdf(plan: DemoPlan, contractor: string, agency: string): Promise<Uint8Array> {
  const lines = [
    `兹委托${agency}组织《${plan.name}》的专家论证：抽取专家、组成专家组、召开论证会并上传资料。`,
    `工程名称：${plan.project}。工程地点：${plan.place}。`,
    `委托单位：${contractor}（盖章处：演示）`,
  ]
  const fonts = await loadFonts([TITLE, MARK, ...lines, '　'].join(''))
  if (!fonts.ok) throw new Error(`Demo letter ${plan.key}: ${JSON.stringify(fonts.error)}`)
  const flow = new Flow(fonts.value)
  flow.newPage(true)
  const tag = newTag('P', flow.root)
  flow.centred(TITLE, 720, { ...BODY, justify: false, size: 22, leading: 34, weight: 'bold' }, tag)
  flow.gap(80)
  for (const line of lines) flow.paragraph(line, BODY, { indent: 21 })
  flow.paragraph(MARK, SMALL)
  return writePdf(flow, {
    title: `${TITLE} ${plan.name}`,
    subject: MARK,
    createdAt: new Date(0),
    identity: `letter-${plan.key}`,
    fieldText: '',
  })
}
