import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { verifyReportPdf } from '#lib/pdf/verify_report_pdf'
import { signIn, visitor } from '#tests/support/person'
import { signReport } from '../../../frontend/src/lib/signing/sign_report.ts'
import { ace } from '#tests/support/ace'
import { displayedBy, enrol, serverFor } from '#tests/api/reports/support/browser_of'
import {
  certified,
  concludedReview,
  reportInstance,
  type ConcludedReview,
} from '#tests/api/reports/support/concluded_review'

const directory = mkdtempSync(join(tmpdir(), 'lunzheng-report-'))
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const tool = (command: string, ...args: string[]) =>
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

test.group('Signing a report', (group) => {
  let app: Awaited<ReturnType<typeof reportInstance>>
  let review: ConcludedReview
  const root = async () => (await fetch(`${app.url}/pki/root.pem`)).text()
  group.setup(async () => {
    app = await reportInstance()
    review = await concludedReview(app)
    return () => app.stop()
  })
  group.each.timeout(120_000)

  test('REP-1: what the form lacks is named, and nothing is certified before it is there', async ({
    assert,
  }) => {
    const [leader, member] = review.panel as [any, any]
    const path = `/api/reports/${review.reportId}`
    const { body } = await leader.get(path)
    assert.equal(body.state, 'writing')
    assert.deepEqual(body.writing.faults, [{ code: 'field_missing', field: 'summary' }])
    assert.include(
      (await leader.get('/api/home')).body.todo.map(({ kind }: any) => kind),
      'report_to_write'
    )
    const early = await leader.post(`${path}/certify`, { revision: 0 })
    assert.equal(early.body.error.code, 'E_REPORT_INCOMPLETE')
    const notLeader = await member.put(`${path}/texts`, {
      overview: 'x',
      answers: body.writing.answers,
      revision: 0,
    })
    assert.equal(notLeader.body.error.code, 'E_NOT_THE_LEADER')
    const long = await leader.put(`${path}/texts`, {
      overview: '长'.repeat(301),
      answers: body.writing.answers,
      revision: 0,
    })
    assert.deepInclude(long.body.error, { code: 'E_OVERVIEW_TOO_LONG' })
    const saved = await leader.put(`${path}/texts`, {
      overview: '基坑',
      answers: body.writing.answers,
      revision: 0,
    })
    assert.equal(saved.body.revision, 1)
    const otherTab = await leader.put(`${path}/texts`, {
      overview: '旧',
      answers: body.writing.answers,
      revision: 0,
    })
    assert.equal(otherTab.body.error.code, 'E_TEXTS_CHANGED')
  })

  test('REP-2: five members sign at the same moment, all are signed, every tool agrees', async ({
    assert,
  }) => {
    const fingerprint = await certified(review)
    const displayed = await displayedBy(review.panel[0]!, review.reportId)
    assert.equal(sha256(displayed), fingerprint)
    const signers = await Promise.all(review.panel.map(enrol))
    const handwriting = {
      width: 300,
      height: 100,
      strokes: [
        [
          [20, 50],
          [80, 20],
          [140, 70],
        ] as [number, number][],
      ],
    }
    const results = await Promise.all(
      review.panel.map((person, index) =>
        signReport({
          displayed,
          signer: signers[index]!,
          server: serverFor(person, review.reportId),
          handwriting: index % 2 ? handwriting : null,
        })
      )
    )
    assert.deepEqual(
      results.map(({ ok }) => ok),
      [true, true, true, true, true],
      JSON.stringify(results)
    )
    const seqs = results.map((result) => (result.ok && 'seq' in result.value ? result.value.seq : 0))
    assert.deepEqual(seqs.toSorted(), [1, 2, 3, 4, 5])
    const head = await displayedBy(review.organiser, review.reportId, 'head')
    const verdict = await verifyReportPdf(head, { roots: [await root()] })
    assert.equal(verdict.verdict, 'genuine', JSON.stringify(verdict.findings))
    assert.lengthOf(verdict.signatures, 6)
    assert.equal(verdict.certifiedDigest, fingerprint)

    const file = join(directory, 'report.pdf')
    writeFileSync(file, head)
    assert.match(tool('qpdf', '--check', file), /No syntax or stream encoding errors/)
    const signatures = tool('pdfsig', '-nocert', file)
    assert.equal(signatures.match(/Signature is Valid/g)?.length, 6, signatures)
    assert.match(signatures, /Total document signed/)
    const fonts = tool('pdffonts', file).split('\n').slice(2).filter(Boolean)
    assert.isTrue(
      fonts.every((line) => / yes yes yes /.test(line)),
      fonts.join('\n')
    )
    const text = tool('pdftotext', '-layout', file, '-')
    assert.include(text, '修改后通过')
    assert.notMatch(text, /意见 ?[A-E]1/)
  })

  test('REP-1: the last signature issues the report; the organiser is told and downloads it', async ({
    assert,
  }) => {
    const { body } = await review.organiser.get(`/api/reports/${review.reportId}`)
    assert.equal(body.state, 'issued')
    const state = await app.sql.query('SELECT state, conclusion FROM reviews WHERE id = $1', [
      review.reviewId,
    ])
    assert.deepEqual(state.rows[0], { state: 'REPORT_ISSUED', conclusion: 'REVISE' })
    const told = await app.sql.query(
      "SELECT count(*)::int AS n FROM messages WHERE kind = 'report_issued' AND object_id = $1",
      [review.reportId]
    )
    assert.isAbove(told.rows[0].n, 2)
    const open = await app.sql.query(
      'SELECT count(*)::int AS n FROM deadlines WHERE object_id = $1 AND done_at IS NULL',
      [review.reportId]
    )
    assert.equal(open.rows[0].n, 0)
    const again = await review.panel[1]!.post(`/api/reports/${review.reportId}/refusal`, {
      reason: '反悔了',
      conclusion: 'FAIL',
    })
    assert.oneOf(again.status, [409, 422])
    await assert.rejects(
      () => app.sql.query("UPDATE reports SET overview = 'x' WHERE id = $1", [review.reportId]),
      /does not change/
    )
    await assert.rejects(() => app.sql.query('DELETE FROM report_revisions'), /does not change/)
    const ledger = await ace(app, 'ledger:verify')
    // The fixture wrote the meeting past the log, which is found; of the report every change is in it.
    assert.notMatch(ledger.output, /report/)
  })

  test('REP-1: by its code anybody learns who signed and when; other codes say nothing', async ({
    assert,
  }) => {
    const anybody = await visitor(app.url)
    const { code } = (await review.organiser.get(`/api/reports/${review.reportId}`)).body
    const spoken = `${code.slice(0, 4).toLowerCase()}-${code.slice(4)}`.replaceAll('0', 'o')
    const { status, body } = await anybody.get(`/api/public/reports/${spoken}`)
    assert.equal(status, 200)
    assert.equal(body.conclusion, 'REVISE')
    assert.lengthOf(body.signatures, 5)
    assert.isFalse(body.site.implementable)
    assert.notInclude(JSON.stringify(body), '19900001')
    const { rows } = await app.sql.query('SELECT type FROM ledger_entries WHERE index = $1', [
      body.receipt.index,
    ])
    assert.equal(rows[0].type, 'review.open_signing')
    assert.equal((await anybody.get('/api/public/reports/00000000')).status, 404)
    const found = await anybody.get(`/api/public/report-files?sha256=${body.fileSha256}`)
    assert.equal(found.body.standing, 'issued')
    const earlier = await anybody.get(`/api/public/report-files?sha256=${body.certifiedSha256}`)
    assert.equal(earlier.body.standing, 'earlier_revision')
    assert.equal((await anybody.get(`/api/public/report-files?sha256=${'0'.repeat(64)}`)).status, 404)
    let last = 0
    for (let look = 0; look < 40; look++) last = (await anybody.get('/api/public/reports/11111111')).status
    assert.equal(last, 429)
  })

  test('SEC-2: strangers, other experts and visitors find no report', async ({ assert }) => {
    const stranger = await signIn(app.url, '19900001009')
    for (const path of ['', '/file', '/file?revision=certified', '/build']) {
      assert.equal((await stranger.get(`/api/reports/${review.reportId}${path}`)).status, 404, path)
      assert.equal(
        (await (await visitor(app.url)).get(`/api/reports/${review.reportId}${path}`)).status,
        401,
        path
      )
    }
    const prepared = await stranger.post(`/api/reports/${review.reportId}/sign/prepare`, {
      certificateSha256: '0'.repeat(64),
      handwriting: null,
    })
    assert.equal(prepared.status, 404)
    assert.deepEqual((await stranger.get('/api/reports')).body.reports, [])
    const organiserSigns = await review.organiser.post(`/api/reports/${review.reportId}/sign/prepare`, {})
    assert.oneOf(organiserSigns.status, [403, 404])
  })
})
