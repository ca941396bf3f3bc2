import { test } from '@japa/runner'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { signIn, type Person } from '#tests/support/person'
import { openPlan } from '#tests/support/plan_life'
import { hostilePdf, planPdf } from '#tests/support/plan_pdf'
import { checkUpload, offsetOf, openUpload, sendPart, uploadFile } from '#tests/support/upload'

test.group('Uploading a plan', (group) => {
  let app: TestInstance
  let organiser: Person
  let plan: { id: string }
  group.setup(async () => {
    app = await testInstance({ witness: false })
    organiser = await signIn(app.url, '19900000001')
    plan = await openPlan(organiser)
    return () => app.stop()
  })
  group.each.timeout(180_000)

  test('an upload goes on where it was cut, also by another process of the app', async ({ assert }) => {
    const bytes = await planPdf({ ballastMb: 20 })
    const address = await openUpload(organiser, plan.id, bytes, '五象湖🏗️𠮷.pdf')
    const half = Math.floor(bytes.length / 2)
    assert.equal((await sendPart(organiser, address, bytes.subarray(0, half), 0)).status, 204)
    assert.equal(await offsetOf(organiser, address), half)
    await app.instance.stopApp()
    await app.instance.startApp()
    assert.equal(await offsetOf(organiser, address), half)
    assert.equal((await sendPart(organiser, address, bytes.subarray(half - 10), half - 10)).status, 409)
    assert.equal(
      (await checkUpload(organiser, plan.id, address.split('/').at(-1)!)).refusal.code,
      'E_UPLOAD_INCOMPLETE'
    )
    assert.equal((await sendPart(organiser, address, bytes.subarray(half), half)).status, 204)
    const outcome = await checkUpload(organiser, plan.id, address.split('/').at(-1)!, '初稿')
    assert.equal(outcome.state, 'accepted')
    const version = (await organiser.get(`/api/plans/${plan.id}`)).body.versions[0]
    assert.equal(version.fileName, '五象湖🏗️𠮷.pdf')
    assert.equal(version.size, bytes.length)
    const file = await fetch(`${app.url}/api/plans/${plan.id}/versions/1/file`, {
      headers: { cookie: organiser.cookieHeader },
    })
    assert.deepEqual(Buffer.from(await file.arrayBuffer()).compare(Buffer.from(bytes)), 0)
  })

  test('the file comes in ranges, never as a page of ours', async ({ assert }) => {
    const path = `/api/plans/${plan.id}/versions/1/file`
    const part = await organiser.get(path, { range: 'bytes=0-7' })
    assert.equal(part.status, 206)
    assert.match(String(part.body), /^%PDF-1\.\d/)
    assert.match(part.headers.get('content-range')!, /^bytes 0-7\/\d+$/)
    assert.equal(part.headers.get('x-content-type-options'), 'nosniff')
    assert.match(part.headers.get('content-disposition')!, /^attachment/)
    assert.equal((await organiser.get(path, { range: 'bytes=999999999-' })).status, 416)
    assert.equal((await organiser.get(path, { 'if-none-match': part.headers.get('etag')! })).status, 304)
  })

  test('what is no plain PDF is refused with its reason and leaves nothing behind', async ({ assert }) => {
    const whole = await planPdf()
    const cases: [Uint8Array, string][] = [
      [new TextEncoder().encode('<html>'.repeat(50)), 'not_pdf'],
      [whole.subarray(0, whole.length - 5000), 'truncated'],
      [await hostilePdf('javascript'), 'active_content'],
      [await hostilePdf('javascript_in_the_open'), 'active_content'],
      [await hostilePdf('escaped_name'), 'active_content'],
      [await hostilePdf('attachment'), 'active_content'],
      [await hostilePdf('open_action'), 'active_content'],
    ]
    for (const [bytes, code] of cases) {
      const outcome = await uploadFile(organiser, plan.id, bytes)
      assert.equal(outcome.state, 'refused')
      assert.equal(outcome.refusal.code, code)
    }
    assert.lengthOf((await organiser.get(`/api/plans/${plan.id}`)).body.versions, 1)
  })

  test('the same file is not a new version; two checks at once make one version', async ({ assert }) => {
    const bytes = await planPdf({ title: '第二版' })
    const address = await openUpload(organiser, plan.id, bytes)
    await sendPart(organiser, address, bytes, 0)
    const id = address.split('/').at(-1)!
    const outcomes = await Promise.all([1, 2, 3].map(() => checkUpload(organiser, plan.id, id)))
    assert.deepEqual(
      outcomes.map((outcome) => outcome.state),
      ['accepted', 'accepted', 'accepted']
    )
    assert.lengthOf((await organiser.get(`/api/plans/${plan.id}`)).body.versions, 2)
    assert.equal((await uploadFile(organiser, plan.id, bytes)).refusal.code, 'E_SAME_FILE')
  })

  test('more than 300 MB is refused before the first byte', async ({ assert }) => {
    const answer = await organiser.request('POST', `/api/plans/${plan.id}/upload`, undefined, {
      'tus-resumable': '1.0.0',
      'upload-length': String(300 * 1_048_576 + 1),
    })
    assert.equal(answer.status, 413)
  })

  test('without the token of the page nothing is received (CSRF)', async ({ assert }) => {
    const answer = await organiser.request('POST', `/api/plans/${plan.id}/upload`, undefined, {
      'tus-resumable': '1.0.0',
      'upload-length': '100',
      'x-xsrf-token': 'wrong',
    })
    assert.equal(answer.status, 403)
  })
})
