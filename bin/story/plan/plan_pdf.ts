import { drawingPage } from '#bin/story/plan/drawings'
import { Sheets } from '#bin/story/plan/sheet'
import { CHAPTERS, NAMED_PAGES, type Chapter } from '#bin/story/plan/texts'

const NAME = '五象湖 A-07 地块深基坑工程专项施工方案'
/** Drawings begin here; a drawing a page, to the end. */
export const FIRST_DRAWING = 172
const LAST_PAGE = 186

/** The plan that is reviewed: 186 pages; `revised` is the version that answers the panel's opinions. */
export async function storyPlan(version: 'first' | 'returned' | 'revised'): Promise<Uint8Array> {
  const sheets = await Sheets.create(NAME)
  cover(sheets, version)
  contents(sheets)
  for (const chapter of CHAPTERS) writeChapter(sheets, chapter, version)
  return sheets.bytes()
}

function cover(sheets: Sheets, version: string): void {
  sheets.next(false)
  sheets.centred('五象湖 A-07 地块商住项目', 620, 18)
  sheets.centred('深基坑工程专项施工方案', 570, 28, true)
  sheets.centred('开挖深度 13.8 m　排桩加三道内支撑', 525, 12)
  sheets.centred(
    version === 'revised' ? '（论证后修改稿）' : version === 'returned' ? '（送审稿）' : '（初稿）',
    490,
    12
  )
  sheets.centred('编制单位：岭秀建工集团有限公司', 200, 13)
  sheets.centred('编制：覃丽娟　审核：覃砚秋　审批：韦承志', 172, 11)
}

function contents(sheets: Sheets): void {
  sheets.next()
  sheets.heading('目　录', 1)
  sheets.table(
    [
      ['章', '名称', '页'],
      ...CHAPTERS.map((one, index) => [String(index + 1), one.title, `${one.from}–${one.to}`]),
    ],
    [50, 320, 80]
  )
}

function writeChapter(sheets: Sheets, chapter: Chapter, version: 'first' | 'returned' | 'revised'): void {
  const number = CHAPTERS.indexOf(chapter) + 1
  for (let page = chapter.from; page <= chapter.to; page += 1) {
    if (page >= FIRST_DRAWING && page <= LAST_PAGE) {
      drawingPage(sheets, page - FIRST_DRAWING)
      continue
    }
    sheets.next()
    if (page === chapter.from) sheets.heading(`第${'一二三四五六七八九'[number - 1]}章　${chapter.title}`, 1)
    const named = NAMED_PAGES[page]
    if (named) writeNamed(sheets, page, named, version)
    else writeSection(sheets, chapter, number, page)
    // The supervising engineer's reason for returning the first draft is answered on this page.
    if (page === 90 && version !== 'first')
      sheets.paragraph('土方车辆出入口设专人指挥，坑边设限载标志，限载 20 kPa，夜间设红色警示灯。')
    fill(sheets, chapter, page)
  }
}

function writeNamed(
  sheets: Sheets,
  page: number,
  named: (typeof NAMED_PAGES)[number],
  version: string
): void {
  sheets.heading(named.title, 2)
  for (const text of version === 'revised' ? named.revised : named.first) sheets.paragraph(text)
  if (page !== 59) return
  const strength =
    version === 'revised' ? ['80 %（C30）', '80 %（C35）', '100 %（C35）'] : ['见设计', '见设计', '见设计']
  sheets.heading('表 4-12　支撑拆除次序', 3)
  sheets.table(
    [
      ['次序', '支撑', '换撑位置', '结构混凝土强度'],
      ...strength.map((value, index) => [
        String(index + 1),
        `第 ${3 - index} 道`,
        `地下 ${2 - (index >> 1)} 层楼板`,
        value,
      ]),
    ],
    [60, 100, 150, 140]
  )
}

function writeSection(sheets: Sheets, chapter: Chapter, number: number, page: number): void {
  const place = page - chapter.from
  const section = Math.min(
    chapter.sections.length - 1,
    Math.floor((place * chapter.sections.length) / (chapter.to - chapter.from + 1))
  )
  sheets.heading(`${number}.${section + 1} ${chapter.sections[section]}（${place + 1}）`, 2)
}

function fill(sheets: Sheets, chapter: Chapter, page: number): void {
  const place = page - chapter.from
  for (let line = 0; sheets.room > 90; line += 1) {
    if (line > 0 && line % 4 === 0) sheets.heading(`（${line / 4}）第 ${place + 1} 节要点`, 3)
    sheets.paragraph(chapter.sentences[(place * 3 + line) % chapter.sentences.length]!)
  }
}
