import { test } from '@japa/runner'
import { generateSync } from 'otplib'
import { demoTotpSecret } from '#demo/demo_totp'
import { signIn, visitor, Person } from '#tests/support/person'
import { testInstance, type TestInstance } from '#tests/support/cluster'

const ORGANISER = '19900000001'
const CENTRE = '19900000008'

test.group('Sign-in', (group) => {
  let app: TestInstance
  group.setup(async () => {
    app = await testInstance({ witness: false })
    return () => app.stop()
  })
  group.each.timeout(60_000)

  test('ORG-3: mobile number and password, spaces and full-width digits allowed', async ({ assert }) => {
    const person = await visitor(app.url)
    const answer = await person.post('/api/sign-in', {
      mobile: '１９９ 0000-0001',
      password: 'lunzheng-2026',
    })
    assert.equal(answer.status, 200)
    const session = await person.get('/api/session')
    assert.equal(session.body.user.name, '覃丽娟')
    assert.equal(session.body.capacities[0].kind, 'organiser')
  })

  test('without a token of this browser nothing is written (CSRF)', async ({ assert }) => {
    const person = new Person(app.url)
    const answer = await person.post('/api/sign-in', { mobile: ORGANISER, password: 'lunzheng-2026' })
    assert.equal(answer.status, 403)
  })

  test('a wrong password, an unknown number: the same answer', async ({ assert }) => {
    const person = await visitor(app.url)
    const known = await person.post('/api/sign-in', { mobile: '19900000005', password: 'wrong password' })
    const unknown = await person.post('/api/sign-in', { mobile: '19911112222', password: 'wrong password' })
    assert.equal(known.status, 401)
    assert.deepEqual(known.body, unknown.body)
  })

  test('five failures lock the account for minutes, also with the right password', async ({ assert }) => {
    const person = await visitor(app.url)
    for (let i = 0; i < 5; i++)
      await person.post('/api/sign-in', { mobile: '19900000006', password: `wrong ${i} password` })
    const answer = await person.post('/api/sign-in', { mobile: '19900000006', password: 'lunzheng-2026' })
    assert.equal(answer.status, 423)
    assert.equal(answer.body.error.code, 'E_LOCKED')
    assert.isAtLeast(answer.body.error.params.minutes, 14)
  })

  test('staff need a second factor, and a code works once', async ({ assert }) => {
    const person = await visitor(app.url)
    const first = await person.post('/api/sign-in', { mobile: CENTRE, password: 'lunzheng-2026' })
    assert.equal(first.body.next, 'totp')
    assert.equal((await person.get('/api/home')).status, 401)
    const code = generateSync({ secret: demoTotpSecret(CENTRE) })
    assert.equal((await person.post('/api/sign-in/totp', { code })).status, 200)
    assert.equal((await person.get('/api/home')).status, 200)
    const again = await visitor(app.url)
    await again.post('/api/sign-in', { mobile: CENTRE, password: 'lunzheng-2026' })
    assert.equal((await again.post('/api/sign-in/totp', { code })).status, 401)
  })

  test('reset by code: the code comes by SMS, works once, and ends every open session', async ({
    assert,
  }) => {
    const before = await signIn(app.url, '19900000004')
    const person = await visitor(app.url)
    assert.equal((await person.post('/api/password-reset/request', { mobile: '19900000004' })).status, 202)
    const outbox = await person.get('/api/demo/outbox')
    const code = outbox.body.messages
      .find((message: any) => message.to === '19900000004')
      .text.match(/\d{6}/)[0]
    const wrong = await person.post('/api/password-reset/confirm', {
      mobile: '19900000004',
      code: code === '000000' ? '000001' : '000000',
      password: 'a new password',
    })
    assert.equal(wrong.status, 422)
    assert.equal(
      (
        await person.post('/api/password-reset/confirm', {
          mobile: '19900000004',
          code,
          password: 'a new password',
        })
      ).status,
      200
    )
    assert.equal(
      (
        await person.post('/api/password-reset/confirm', {
          mobile: '19900000004',
          code,
          password: 'a new password 2',
        })
      ).status,
      422
    )
    assert.equal((await before.get('/api/home')).status, 401)
    await signIn(app.url, '19900000004', 'a new password')
  })

  test('an unknown number gets the same answer to a reset and no SMS', async ({ assert }) => {
    const person = await visitor(app.url)
    const count = async () => (await person.get('/api/demo/outbox')).body.messages.length
    const before = await count()
    assert.equal((await person.post('/api/password-reset/request', { mobile: '19912345678' })).status, 202)
    assert.equal(await count(), before)
  })

  test('a capacity that has ended ends access with the next request', async ({ assert }) => {
    const person = await signIn(app.url, '19900000005')
    assert.equal((await person.get('/api/home')).status, 200)
    await app.sql.query("UPDATE memberships SET until_at = now() - interval '1 day' WHERE kind = 'owner'")
    assert.equal((await person.get('/api/home')).status, 401)
  })

  test('text with NUL, a lone surrogate or a bidirectional override is refused', async ({ assert }) => {
    const person = await visitor(app.url)
    for (const mobile of ['199\u0000', '199\ud800', '199\u202e']) {
      const answer = await person.post('/api/sign-in', { mobile, password: 'x' })
      assert.equal(answer.status, 422)
      assert.equal(answer.body.error.code, 'E_TEXT')
    }
  })
})
