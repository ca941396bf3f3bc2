import { PAGE, SMALL, type Flow } from '../layout/flow.ts'
import { GREY, INK } from '../layout/ops.ts'
import type { ReportDocument } from '../report_document.ts'

/** 页眉: what this is and its number on every page but the cover, which counts as the first. */
export function runningHeads(flow: Flow, report: ReportDocument): void {
  const style = { ...SMALL, size: 8, colour: GREY }
  const y = PAGE.height - 62
  for (const [index, page] of flow.pages.entries()) {
    if (page.plain) continue
    const right = `${report.number}　第 ${index + 1} 页 / 共 ${flow.pages.length} 页`
    const rightWidth = flow.fonts.width(right, style.size, style.weight)
    const room = PAGE.width - PAGE.left - PAGE.right - rightWidth - 24
    const left = shorten(flow, `${report.plan.name} · 专家论证报告`, room, style.size)
    const text = {
      kind: 'text' as const,
      y,
      size: style.size,
      weight: style.weight,
      colour: style.colour,
      spacing: 0,
      tag: undefined,
    }
    page.ops.push(
      { ...text, x: PAGE.left, text: left },
      { ...text, x: PAGE.width - PAGE.right - rightWidth, text: right },
      {
        kind: 'line',
        points: [
          [PAGE.left, y - 8],
          [PAGE.width - PAGE.right, y - 8],
        ],
        width: 0.9,
        colour: INK,
        tag: undefined,
      }
    )
  }
}

function shorten(flow: Flow, text: string, room: number, size: number): string {
  if (flow.fonts.width(text, size, 'regular') <= room) return text
  const characters = [...text]
  while (flow.fonts.width(`${characters.join('')}…`, size, 'regular') > room) characters.pop()
  return `${characters.join('')}…`
}
