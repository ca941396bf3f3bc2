import { rgb } from 'pdf-lib'
import { INK, LINE, PAPER, type Sheets } from '#bin/story/plan/sheet'

type Draw = (sheets: Sheets) => void
const STEEL = rgb(0.2, 0.36, 0.58)
const GAS = rgb(0.75, 0.32, 0.1)

/** The sheet's frame and its title block. */
function frame(sheets: Sheets, title: string, number: string): void {
  const { page } = sheets
  page.drawRectangle({
    x: 60,
    y: 90,
    width: PAPER.width - 120,
    height: 660,
    borderColor: INK,
    borderWidth: 1.2,
  })
  page.drawRectangle({
    x: PAPER.width - 260,
    y: 90,
    width: 200,
    height: 54,
    borderColor: INK,
    borderWidth: 0.8,
  })
  sheets.text(title, PAPER.width - 250, 122, 10.5, true)
  sheets.text(`图号 ${number}　比例 1:500`, PAPER.width - 250, 102, 8.5)
}

function pit(sheets: Sheets): void {
  const { page } = sheets
  page.drawRectangle({ x: 130, y: 250, width: 330, height: 340, borderColor: STEEL, borderWidth: 4 })
  page.drawRectangle({ x: 142, y: 262, width: 306, height: 316, borderColor: LINE, borderWidth: 0.8 })
}

function gasMain(sheets: Sheets): void {
  sheets.page.drawLine({
    start: { x: 80, y: 632 },
    end: { x: 515, y: 632 },
    thickness: 2,
    color: GAS,
    dashArray: [10, 4],
  })
  sheets.text('DN600 中压燃气管，距坑边 4.2 m', 210, 640, 9.5, true)
}

const site: Draw = (sheets) => {
  pit(sheets)
  gasMain(sheets)
  for (const [x, text] of [
    [90, '钢筋加工棚'],
    [250, '材料堆场'],
    [400, '临时道路'],
  ] as const) {
    sheets.page.drawRectangle({ x, y: 175, width: 105, height: 44, borderColor: INK, borderWidth: 0.8 })
    sheets.text(text, x + 22, 193, 9)
  }
  sheets.text('基坑 A-07', 262, 420, 16, true)
}

const surroundings: Draw = (sheets) => {
  pit(sheets)
  gasMain(sheets)
  sheets.page.drawRectangle({ x: 80, y: 665, width: 430, height: 50, borderColor: INK, borderWidth: 0.8 })
  sheets.text('五象湖北路', 260, 685, 11)
  sheets.page.drawRectangle({ x: 70, y: 300, width: 42, height: 200, borderColor: INK, borderWidth: 0.8 })
  sheets.text('既有 6 层', 72, 400, 8.5)
}

const monitoring: Draw = (sheets) => {
  pit(sheets)
  gasMain(sheets)
  for (let point = 0; point < 12; point += 1) {
    const along = point % 6
    const x = point < 6 ? 150 + along * 58 : along % 2 ? 130 : 460
    const y = point < 6 ? 590 : 280 + along * 55
    sheets.page.drawCircle({ x, y, size: 4.5, color: GAS })
    sheets.text(`W${point + 1}`, x + 7, y + 4, 8)
  }
  sheets.text('W：围护墙顶水平、竖向位移', 140, 215, 9.5)
}

const steps =
  (title: string): Draw =>
  (sheets) => {
    for (let level = 0; level < 4; level += 1) {
      const y = 620 - level * 105
      sheets.page.drawRectangle({ x: 120, y: y - 70, width: 30, height: 90, color: rgb(0.8, 0.83, 0.87) })
      sheets.page.drawRectangle({ x: 440, y: y - 70, width: 30, height: 90, color: rgb(0.8, 0.83, 0.87) })
      if (level > 0)
        sheets.page.drawLine({ start: { x: 150, y }, end: { x: 440, y }, thickness: 4, color: STEEL })
      sheets.text(`${title} 第 ${level + 1} 步，标高 ${(-level * 4.2 - 1.2).toFixed(1)} m`, 205, y - 40, 10)
    }
  }

const section: Draw = (sheets) => {
  const { page } = sheets
  page.drawLine({ start: { x: 80, y: 640 }, end: { x: 220, y: 640 }, thickness: 1.5, color: INK })
  page.drawRectangle({
    x: 220,
    y: 250,
    width: 22,
    height: 390,
    color: rgb(0.8, 0.83, 0.87),
    borderColor: INK,
    borderWidth: 1,
  })
  page.drawLine({ start: { x: 242, y: 350 }, end: { x: 510, y: 350 }, thickness: 1.5, color: INK })
  for (const [level, y] of [
    [1, 610],
    [2, 520],
    [3, 430],
  ] as const) {
    page.drawLine({ start: { x: 242, y }, end: { x: 510, y }, thickness: 7, color: STEEL })
    sheets.text(`第 ${level} 道混凝土支撑`, 330, y + 9, 9.5)
  }
  page.drawCircle({ x: 120, y: 600, size: 13, borderColor: GAS, borderWidth: 2.5 })
  sheets.text('DN600 燃气管', 85, 575, 9)
  sheets.text('4.2 m', 160, 596, 10, true)
  sheets.text('坑底 -13.80', 380, 333, 10, true)
}

/** Drawings of the ninth chapter, in the order of the list that 48 asks of a pit. */
export const DRAWINGS: { title: string; number: string; draw: Draw }[] = [
  { title: '施工总平面布置图', number: 'JK-01', draw: site },
  { title: '基坑周边环境平面图', number: 'JK-02', draw: surroundings },
  { title: '监测点平面布置图', number: 'JK-03', draw: monitoring },
  { title: '土方开挖平面、剖面图', number: 'JK-04', draw: steps('土方开挖') },
  { title: '施工顺序图', number: 'JK-05', draw: steps('施工顺序') },
  { title: '马道收尾平面图', number: 'JK-06', draw: site },
  { title: '支护结构剖面图 1-1', number: 'JK-07', draw: section },
]

export function drawingPage(sheets: Sheets, index: number): void {
  const { title, number, draw } = DRAWINGS[index % DRAWINGS.length]!
  sheets.next()
  frame(sheets, title, number)
  draw(sheets)
}
