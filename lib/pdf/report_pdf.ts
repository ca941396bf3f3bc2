import { fail, ok, type Result } from '../result.ts'
import type { Bytes } from '../pki/bytes.ts'
import { Flow } from './layout/flow.ts'
import { loadFonts, type CoverageError } from './layout/font_set.ts'
import { writePdf } from './layout/write_pdf.ts'
import { attendance, drawSheet, opinionSheets, verificationPage } from './report/annexes.ts'
import { conclusion } from './report/conclusion.ts'
import { cover } from './report/cover.ts'
import { facts } from './report/facts.ts'
import { delegations, photographs, replies } from './report/meeting_annexes.ts'
import { opinions, panelOpinion } from './report/opinions.ts'
import { panel } from './report/panel.ts'
import { runningHeads } from './report/running_heads.ts'
import { signatures } from './report/signatures.ts'
import { OVERVIEW_LIMIT, type ReportDocument } from './report_document.ts'

export type ReportError = CoverageError | { code: 'overview_too_long'; limit: number; length: number }

/** What signature appearances are written with, beside the people's names. */
const FIELD_TEXT = '0123456789-: 平台电子签章'
/** What the layout itself writes; it must be in the fonts like everything else. */
const FRAME_TEXT = '□—…·、；：（）　/.'

/**
 * REP-1: the report as PDF, ready for the seal. Deterministic: the same data give the same bytes. Fails when a
 * text holds characters that no font here has, naming them, or when the overview is too long.
 */
export async function reportPdf(input: ReportDocument): Promise<Result<Bytes, ReportError>> {
  const report = normalized(input)
  const length = [...report.overview].length
  if (length > OVERVIEW_LIMIT) return fail({ code: 'overview_too_long', limit: OVERVIEW_LIMIT, length })
  const fonts = await loadFonts([...textsOf(report), FRAME_TEXT].join(''))
  if (!fonts.ok) return fonts
  const flow = new Flow(fonts.value)
  cover(flow, report)
  flow.newPage()
  for (const section of [facts, panel, opinions, panelOpinion, conclusion, signatures]) section(flow, report)
  const annexes = [opinionSheets, attendance, photographs, delegations, replies, drawSheet, verificationPage]
  for (const annex of annexes) annex(flow, report)
  runningHeads(flow, report)
  return ok(
    await writePdf(flow, {
      title: `${report.plan.name}专家论证报告`,
      subject: `危险性较大的分部分项工程专项施工方案专家论证报告 ${report.number}`,
      createdAt: new Date(report.createdAt),
      identity: JSON.stringify(report),
      fieldText: [FIELD_TEXT, ...report.experts.map(({ name }) => name)].join(''),
    })
  )
}

/** NFC, and tabs as spaces: what looks the same is set the same. */
function normalized<T>(value: T): T {
  if (typeof value === 'string')
    return value.normalize('NFC').replace(/\r\n?/g, '\n').replace(/\t/g, ' ') as T
  if (Array.isArray(value)) return value.map(normalized) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, normalized(item)])) as T
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object') return []
  return Object.values(value).flatMap(textsOf)
}
