import { createCanvas } from '@napi-rs/canvas'
import { signReport } from '../../../../frontend/src/lib/signing/sign_report.ts'
import { displayedBy, enrol, serverFor } from '#tests/api/reports/support/browser_of'
import { certified, type ConcludedReview } from '#tests/api/reports/support/concluded_review'
import type { TestInstance } from '#tests/support/cluster'
import { until } from '#tests/support/draw_life'
import type { Person } from '#tests/support/person'
import { noteContent } from '#tests/support/plan_life'
import { planPdf, type PlanPdfOptions } from '#tests/support/plan_pdf'
import { uploadFile } from '#tests/support/upload'

/** when: the leader certifies the report and every member signs it. */
export async function issued(review: ConcludedReview): Promise<void> {
  await certified(review)
  const displayed = await displayedBy(review.panel[0]!, review.reportId)
  for (const person of review.panel) {
    const signer = await enrol(person)
    const done = await signReport({
      displayed,
      signer,
      server: serverFor(person, review.reportId),
      handwriting: null,
    })
    if (!done.ok) throw new Error(`sign: ${JSON.stringify(done)}`)
  }
}

/** given: what the panel concluded otherwise than 修改后通过, before anything is certified. */
export async function concludedAs(
  app: TestInstance,
  reviewId: string,
  code: 'PASS' | 'FAIL',
  items: 'advice' | 'none'
): Promise<void> {
  await app.sql.query('UPDATE review_sessions SET conclusion = $2, reasons = $3 WHERE review_id = $1', [
    reviewId,
    code,
    code === 'FAIL' ? '支护体系不成立' : '',
  ])
  await app.sql.query(
    'UPDATE session_conclusion_votes SET conclusion = $2, reason = $3 WHERE review_id = $1',
    [reviewId, code, '支护体系不成立']
  )
  await app.sql.query('UPDATE reviews SET conclusion = $2 WHERE id = $1', [reviewId, code])
  const kept = items === 'advice' ? "AND kind <> 'advice'" : ''
  if (code === 'PASS')
    await app.sql.query(`UPDATE session_items SET removed_at = now() WHERE review_id = $1 ${kept}`, [
      reviewId,
    ])
}

/** when: sign-in sheet and photographs are uploaded and the report is issued with this conclusion, which files the review. */
export async function filedAs(
  app: TestInstance,
  review: ConcludedReview,
  code: 'PASS' | 'FAIL',
  items: 'advice' | 'none'
): Promise<void> {
  const { organiser, reviewId } = review
  await concludedAs(app, reviewId, code, items)
  const filing = () => organiser.get(`/api/reviews/${reviewId}/filing`)
  await until(filing, ({ status }) => status === 200, 'the filing')
  await upload(organiser, reviewId, photograph({ text: `签到表 ${reviewId}` }), 'sign_in_sheet')
  await upload(organiser, reviewId, photograph({ text: `会场 ${reviewId}` }))
  await issued(review)
}

/** A photograph with something to see on it. */
export function photograph(
  options: { width?: number; height?: number; text?: string; type?: 'jpeg' | 'png' } = {}
): Buffer {
  const { width = 640, height = 480, text = '论证会', type = 'jpeg' } = options
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#d8c8b0'
  context.fillRect(0, 0, width, height)
  context.fillStyle = '#14211f'
  context.fillText(text, 20, 40)
  return type === 'jpeg' ? canvas.toBuffer('image/jpeg') : canvas.toBuffer('image/png')
}

export function upload(
  person: Person,
  reviewId: string,
  bytes: Uint8Array,
  kind = 'photograph',
  type = 'image/jpeg'
) {
  const query = new URLSearchParams({ kind, caption: '会场' })
  return person.request('POST', `/api/reviews/${reviewId}/filing/images?${query}`, bytes, {
    'content-type': type,
  })
}

/** when: the revised version is uploaded and its contents are noted, not yet handed over. */
export async function revisedVersion(
  organiser: Person,
  planId: string,
  pdf: PlanPdfOptions
): Promise<number> {
  const sent = await uploadFile(organiser, planId, await planPdf(pdf), { note: '按专家意见修改' })
  if (sent.state !== 'accepted') throw new Error(`version: ${JSON.stringify(sent)}`)
  await noteContent(organiser, planId, sent.result.number)
  return sent.result.number
}

export const revisionOf = async (person: Person, reviewId: string) =>
  (await person.get(`/api/reviews/${reviewId}/revision`)).body

/** when: every item gets its answer, from what the page shows now. Returns what the submission has to have seen. */
export async function answerAll(person: Person, reviewId: string, page = 8): Promise<Record<string, number>> {
  const view = await revisionOf(person, reviewId)
  const seen: Record<string, number> = {}
  for (const item of view.items) {
    const saved = await person.put(`/api/reviews/${reviewId}/revision/answers/${item.id}`, {
      taken: true,
      change: `已按意见修改：${item.text.slice(0, 12)}`,
      page,
      reason: '',
      revision: view.answers[item.id]?.revision ?? 0,
    })
    if (saved.status !== 200) throw new Error(`answer: ${JSON.stringify(saved.body)}`)
    seen[item.id] = saved.body.revision
  }
  return seen
}

export async function kindsOf(person: Person): Promise<string[]> {
  const { body } = await person.get('/api/messages')
  return body.messages.map(({ kind }: { kind: string }) => kind)
}
