import { test } from '@japa/runner'
import { fromBase64, toBase64 } from '#lib/bytes'
import { verifyReportPdf } from '#lib/pdf/verify_report_pdf'
import type { Person } from '#tests/support/person'
import { displayedBy, enrol, serverFor } from '#tests/api/reports/support/browser_of'
import {
  certified,
  concludedReview,
  PANEL,
  reportInstance,
  type ConcludedReview,
} from '#tests/api/reports/support/concluded_review'
import {
  signReport,
  type PrepareAnswer,
  type SigningServer,
} from '../../../frontend/src/lib/signing/sign_report.ts'
import type { Signer } from '../../../frontend/src/lib/signing/signer.ts'

type Prepared = Extract<PrepareAnswer, { waiting: false }>

/** Where the message digest begins: behind its OID 1.2.840.113549.1.9.4, SET and OCTET STRING of 32 bytes. */
const digestIn = (attributes: Uint8Array) =>
  Buffer.from(attributes).indexOf(Buffer.from('2a864886f70d01090431220420', 'hex')) + 13

test.group('Signing when things go wrong', (group) => {
  let app: Awaited<ReturnType<typeof reportInstance>>
  const root = async () => (await fetch(`${app.url}/pki/root.pem`)).text()
  group.setup(async () => {
    app = await reportInstance()
    return () => app.stop()
  })
  group.each.timeout(180_000)

  const sign = async (
    review: ConcludedReview,
    person: Person,
    signer: Signer,
    server = serverFor(person, review.reportId)
  ) =>
    signReport({ displayed: await displayedBy(person, review.reportId), signer, server, handwriting: null })
  const signedSoFar = async (review: ConcludedReview) =>
    (await review.panel[0]!.get(`/api/reports/${review.reportId}`)).body.signers.filter(
      (one: any) => one.signedAt
    ).length

  test('a server that lies about what is to be signed gets no signature', async ({ assert }) => {
    const review = await concludedReview(app)
    await certified(review)
    const [person, other] = review.panel as [Person, Person]
    const [own, foreign] = [await enrol(person), await enrol(other)]
    const honest = serverFor(person, review.reportId)
    let asked = 0
    const signer: Signer = { ...own, sign: async (attributes) => (asked++, own.sign(attributes)) }
    const lying = (lie: (prepared: Prepared) => Prepared | Promise<Prepared>): SigningServer => ({
      ...honest,
      prepare: async (given) => {
        const prepared = await honest.prepare(given)
        if (!prepared.ok || prepared.value.waiting) throw new Error('no turn')
        return { ok: true, value: await lie(prepared.value) }
      },
    })
    const changed = (base64: string, change: (bytes: Uint8Array) => void) => {
      const bytes = fromBase64(base64)
      change(bytes)
      return toBase64(bytes)
    }
    const lies: Record<string, (prepared: Prepared) => Prepared | Promise<Prepared>> = {
      'another digest in the attributes': (prepared) => ({
        ...prepared,
        attributesBase64: changed(prepared.attributesBase64, (bytes) => (bytes[digestIn(bytes)]! ^= 1)),
      }),
      'another issuer named in the attributes': (prepared) => ({
        ...prepared,
        attributesBase64: changed(prepared.attributesBase64, (bytes) => (bytes[bytes.length - 40]! ^= 1)),
      }),
      'a changed byte behind the text': (prepared) => ({
        ...prepared,
        tailBase64: changed(prepared.tailBase64, (bytes) => (bytes[40]! ^= 1)),
      }),
      'bytes behind the signature': (prepared) => ({
        ...prepared,
        tailBase64: toBase64(new Uint8Array([...fromBase64(prepared.tailBase64), 10, 37])),
      }),
      'no change at all': (prepared) => ({ ...prepared, tailBase64: '' }),
      'a colleague’s place': async (prepared) => {
        await honest.drop(prepared.leaseToken)
        const theirs = await serverFor(other, review.reportId).prepare({
          certificateSha256: foreign.certificateSha256,
          handwriting: null,
        })
        if (!theirs.ok || theirs.value.waiting) throw new Error('no turn')
        await serverFor(other, review.reportId).drop(theirs.value.leaseToken)
        return theirs.value
      },
    }
    for (const [name, lie] of Object.entries(lies)) {
      const result = await sign(review, person, signer, lying(lie))
      assert.isFalse(result.ok, name)
      assert.equal(!result.ok && result.error.code, 'E_NOT_WHAT_YOU_SEE', name)
    }
    assert.equal(asked, 0)
    // Another text on screen than the one prepared for.
    const shown = await displayedBy(person, review.reportId)
    shown[shown.length - 900]! ^= 1
    const elsewhere = await signReport({ displayed: shown, signer, server: honest, handwriting: null })
    assert.isFalse(elsewhere.ok)
    assert.equal(asked, 0)
    assert.isTrue((await sign(review, person, signer)).ok)
  })

  test('what is not a signature of the enrolled key is refused, and the turn is over', async ({ assert }) => {
    const review = await concludedReview(app)
    await certified(review)
    const person = review.panel[2]!
    const signer = await enrol(person)
    const forged = await sign(review, person, { ...signer, sign: async () => new Uint8Array(64).fill(7) })
    assert.deepInclude(!forged.ok && forged.error, { code: 'E_SIGNATURE_REFUSED', why: 'signature_invalid' })
    const theft = await review.panel[3]!.post(`/api/reports/${review.reportId}/sign/prepare`, {
      certificateSha256: signer.certificateSha256,
      handwriting: null,
    })
    assert.equal(theft.body.error.code, 'E_NO_CERTIFICATE')
    assert.isTrue((await sign(review, person, signer)).ok)
    const twice = await sign(review, person, signer)
    assert.deepInclude(!twice.ok && twice.error, { code: 'E_ALREADY_SIGNED' })
    assert.equal(await signedSoFar(review), 1)
  })

  test('REP-2: a lost key is replaced on the spot; the lost one signs no more', async ({ assert }) => {
    const review = await concludedReview(app)
    await certified(review)
    const person = review.panel[1]!
    const lost = await enrol(person)
    const found = await enrol(person)
    const old = await sign(review, person, lost)
    assert.deepInclude(!old.ok && old.error, { code: 'E_OTHER_CERTIFICATE' })
    assert.isTrue((await sign(review, person, found)).ok)
    // Enrolled anew after signing, on another device: the earlier signature stands.
    await enrol(person)
    const head = await displayedBy(person, review.reportId, 'head')
    const verdict = await verifyReportPdf(head, { roots: [await root()] }, { allowIncomplete: true })
    assert.equal(verdict.verdict, 'genuine', JSON.stringify(verdict.findings))
  })

  test('CONC-1: who refuses to sign stands in the next text; earlier signatures are kept', async ({
    assert,
  }) => {
    const review = await concludedReview(app)
    const first = await certified(review)
    const [leader, second, third] = review.panel as [Person, Person, Person]
    assert.isTrue((await sign(review, leader, await enrol(leader))).ok)
    const path = `/api/reports/${review.reportId}`
    const milder = await third.post(`${path}/refusal`, { reason: '意见已经解决', conclusion: 'PASS' })
    assert.equal(milder.body.error.code, 'E_MILDER_CONCLUSION')
    const refused = await third.post(`${path}/refusal`, {
      reason: '抗隆起验算不能成立，应当重新编制。',
      conclusion: 'FAIL',
    })
    assert.equal(refused.status, 200, JSON.stringify(refused.body))
    const state = await app.sql.query('SELECT state FROM reviews WHERE id = $1', [review.reviewId])
    assert.equal(state.rows[0].state, 'CONCLUDED')
    assert.equal((await second.get(`${path}/file`)).status, 404)
    const again = (await leader.get(path)).body
    assert.equal(again.writing.conclusion, 'FAIL')
    assert.include(JSON.stringify(again.writing.document.conclusion.dissents), '抗隆起验算不能成立')

    const next = await certified(review)
    assert.notEqual(next, first)
    const revisions = await app.sql.query(
      'SELECT e.number, count(r.id)::int AS n FROM report_editions e JOIN report_revisions r ON r.edition_id = e.id WHERE e.report_id = $1 GROUP BY e.number ORDER BY 1',
      [review.reportId]
    )
    assert.deepEqual(revisions.rows, [
      { number: 1, n: 2 },
      { number: 2, n: 1 },
    ])
    for (const person of review.panel) assert.isTrue((await sign(review, person, await enrol(person))).ok)
    const done = (await leader.get(path)).body
    assert.equal(done.state, 'issued')
    assert.equal(done.conclusion, 'FAIL')
    const superseded = await leader.get(`/api/public/report-files?sha256=${first}`)
    assert.deepEqual(superseded.body, { standing: 'superseded' })
  })

  test('nine sign at once while the application is killed again and again: all signed, none lost', async ({
    assert,
  }) => {
    const nine = [...PANEL, '19900001006', '19900001007', '19900001008', '19900001009']
    const review = await concludedReview(app, nine)
    await certified(review)
    const signers = await Promise.all(review.panel.map(enrol))
    let kills = 0
    const killing = (async () => {
      for (const ms of [150, 420, 260]) {
        await new Promise((resolve) => setTimeout(resolve, ms))
        const ended = new Promise((resolve) => app.instance.app!.once('exit', resolve))
        app.instance.app!.kill('SIGKILL')
        await ended
        kills += 1
        await app.instance.startApp()
      }
    })()
    const results = await Promise.all(
      review.panel.map((person, index) => sign(review, person, signers[index]!).catch(() => null))
    )
    await killing
    // Whose page could not even load the file while the application was down begins again.
    for (const [index, result] of results.entries())
      if (!result) assert.isTrue((await sign(review, review.panel[index]!, signers[index]!)).ok)
      else assert.isTrue(result.ok, JSON.stringify(result))
    assert.equal(kills, 3)
    assert.equal(await signedSoFar(review), 9)
    const head = await displayedBy(review.organiser, review.reportId, 'head')
    const verdict = await verifyReportPdf(head, { roots: [await root()] })
    assert.equal(verdict.verdict, 'genuine', JSON.stringify(verdict.findings))
    assert.lengthOf(verdict.signatures, 10)
    const chain = await app.sql.query(
      `SELECT r.parent_sha256 IS NOT DISTINCT FROM lag(r.sha256) OVER (ORDER BY r.seq) AS linked FROM report_revisions r
       JOIN report_editions e ON e.id = r.edition_id WHERE e.report_id = $1`,
      [review.reportId]
    )
    assert.lengthOf(chain.rows, 10)
    assert.isTrue(chain.rows.every(({ linked }) => linked))
  })

  test('a signer who goes silent with the turn in hand loses it; the next one signs', async ({ assert }) => {
    const review = await concludedReview(app)
    await certified(review)
    const [silent, next] = review.panel as [Person, Person]
    const [own, theirs] = [await enrol(silent), await enrol(next)]
    const held = await serverFor(silent, review.reportId).prepare({
      certificateSha256: own.certificateSha256,
      handwriting: null,
    })
    if (!held.ok || held.value.waiting) throw new Error('no turn')
    const waits = await serverFor(next, review.reportId).prepare({
      certificateSha256: theirs.certificateSha256,
      handwriting: null,
    })
    assert.deepEqual(waits, { ok: true, value: { waiting: true, ahead: 1 } })
    // Thirty seconds later, by the clock of the database.
    const edition = '(SELECT id FROM report_editions WHERE report_id = $1)'
    const past = "clock_timestamp() - interval '31 seconds'"
    await app.sql.query(`UPDATE report_leases SET until = ${past} WHERE edition_id = ${edition}`, [
      review.reportId,
    ])
    await app.sql.query(`UPDATE report_waiting SET seen_at = ${past} WHERE edition_id = ${edition}`, [
      review.reportId,
    ])
    assert.isTrue((await sign(review, next, theirs)).ok)
    const late = await serverFor(silent, review.reportId).complete({
      leaseToken: held.value.leaseToken,
      signature: toBase64(await own.sign(fromBase64(held.value.attributesBase64) as never)),
    })
    assert.deepInclude(!late.ok && late.error, { code: 'E_LEASE_LOST' })
    assert.isTrue((await sign(review, silent, own)).ok)
    assert.equal(await signedSoFar(review), 2)
  })
})
