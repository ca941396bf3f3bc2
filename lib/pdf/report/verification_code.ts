import QRCode from 'qrcode'
import { SMALL, type Flow } from '../layout/flow.ts'
import { GREY, HAIR, INK, newTag } from '../layout/ops.ts'
import type { ReportDocument } from '../report_document.ts'

/** The QR code as squares, error correction M, with the code in letters beside it. */
export function drawCode(
  flow: Flow,
  report: ReportDocument,
  place: { x: number; y: number; width: number; height: number }
): void {
  const { x, y, width, height } = place
  const size = Math.min(height - 12, 88)
  flow.page.ops.push({ kind: 'box', x, y, width, height, line: 0.7, colour: HAIR, tag: undefined })
  drawQr(flow, report.verificationUrl, x + 10, y + (height - size) / 2, size)
  const left = x + size + 24
  const middle = y + height / 2
  const tag = newTag('P', flow.root)
  flow.text('核验码', left, middle + 17, { ...SMALL, colour: GREY }, tag)
  const { verificationCode: code } = report
  flow.text(
    `${code.slice(0, 4)}-${code.slice(4)}`,
    left,
    middle,
    { ...SMALL, size: 13, weight: 'mono', colour: INK },
    tag
  )
  flow.text('扫码核验真伪与实施状态', left, middle - 20, { ...SMALL, size: 7.5 }, tag)
}

export function drawQr(flow: Flow, address: string, x: number, y: number, size: number): void {
  const { modules } = QRCode.create(address, { errorCorrectionLevel: 'M' })
  const cells: [number, number][] = []
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column)) cells.push([column, row])
  }
  const tag = newTag('Figure', flow.root)
  tag.alternative = `二维码：${address}`
  flow.page.ops.push({
    kind: 'squares',
    x,
    y,
    size,
    cells,
    count: modules.size,
    alternative: tag.alternative,
    tag,
  })
}
