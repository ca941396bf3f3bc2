import { test } from '@japa/runner'
import { ace } from '#tests/support/ace'
import { signIn } from '#tests/support/person'
import { testInstance, type TestInstance } from '#tests/support/cluster'
import { createRequest } from '#lib/pki/certificate_request'
import { generateKeys } from '#lib/pki/keys'
import { toBase64 } from '#lib/bytes'

test.group('Ledger: kill -9 in the middle of writes', (group) => {
  let app: TestInstance
  group.setup(async () => {
    app = await testInstance({ witness: false })
    return () => app.stop()
  })

  test('nothing acknowledged is lost, log and tables agree after each restart', async ({ assert }) => {
    for (const delayMs of [5, 25, 60]) {
      const person = await signIn(app.url, '19900000001')
      const request = toBase64(await createRequest(await generateKeys(false), { commonName: 'x' }))
      const acknowledged: string[] = []
      const presses = Array.from({ length: 12 }, () =>
        person.press('/api/certificates', { request, password: 'lunzheng-2026' }).then(
          (answer) => answer.status === 200 && acknowledged.push(answer.body.id),
          // The connection breaks when the process dies: that press was not acknowledged.
          () => undefined
        )
      )
      await Promise.race([Promise.all(presses), new Promise((done) => setTimeout(done, 250 + delayMs))])
      app.instance.app!.kill('SIGKILL')
      await Promise.all(presses)
      await app.instance.startApp()
      const kept = await app.sql.query('SELECT id FROM certificates')
      assert.includeMembers(
        kept.rows.map((row) => row.id),
        acknowledged
      )
      const living = await app.sql.query(
        'SELECT count(*)::int AS n FROM certificates WHERE revoked_at IS NULL'
      )
      assert.isAtMost(living.rows[0].n, 1)
    }
    const outcome = await ace(app, 'ledger:verify')
    assert.isTrue(outcome.ok, outcome.output)
  }).timeout(120_000)
})
