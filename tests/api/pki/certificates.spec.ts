import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { createRequest } from '#lib/pki/certificate_request'
import { generateKeys } from '#lib/pki/keys'
import { toBase64 } from '#lib/bytes'
import { ace } from '#tests/support/ace'
import { signIn } from '#tests/support/person'
import { testInstance, type TestInstance } from '#tests/support/cluster'

const PASSWORD = 'lunzheng-2026'

async function requestFor(commonName: string): Promise<string> {
  return toBase64(await createRequest(await generateKeys(false), { commonName }))
}

function pem(base64: string): string {
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`
}

test.group('Certificates', (group) => {
  let app: TestInstance
  const directory = mkdtempSync(join(tmpdir(), 'lunzheng-pki-'))
  const file = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(directory, name), content)
    return join(directory, name)
  }
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

  group.setup(async () => {
    app = await testInstance({ witness: false })
    return () => app.stop()
  })

  test('REP-2: a key from a browser gets a certificate in its holder’s name that openssl accepts', async ({
    assert,
  }) => {
    const person = await signIn(app.url, '19900000001')
    const answer = await person.press('/api/certificates', {
      request: await requestFor('somebody else'),
      password: PASSWORD,
    })
    assert.equal(answer.status, 200)
    const [leaf, issuing] = answer.body.chainBase64
    const root = await (await fetch(`${app.url}/pki/root.pem`)).text()
    const leafFile = file('leaf.pem', pem(leaf))
    assert.match(
      openssl(
        'verify',
        '-CAfile',
        file('root.pem', root),
        '-untrusted',
        file('issuing.pem', pem(issuing)),
        leafFile
      ),
      /OK/
    )
    const text = openssl('x509', '-in', leafFile, '-noout', '-subject', '-nameopt', 'utf8')
    assert.include(text, '覃丽娟')
    assert.notInclude(text, 'somebody else')
  })

  test('without the password there is no certificate', async ({ assert }) => {
    const person = await signIn(app.url, '19900000002')
    const answer = await person.press('/api/certificates', {
      request: await requestFor('x'),
      password: 'not the password',
    })
    assert.equal(answer.status, 401)
    assert.deepEqual((await person.get('/api/certificates')).body.certificates, [])
  })

  test('a request that proves no possession is refused', async ({ assert }) => {
    const person = await signIn(app.url, '19900000002')
    const good = Buffer.from(await requestFor('x'), 'base64')
    good[good.length - 1]! ^= 1
    const answer = await person.press('/api/certificates', {
      request: good.toString('base64'),
      password: PASSWORD,
    })
    assert.equal(answer.body.error.code, 'E_CSR')
  })

  test('enrolling again, also twice at once, leaves one living certificate; the list of revoked ones tells', async ({
    assert,
  }) => {
    const person = await signIn(app.url, '19900000003')
    const enrol = async () =>
      person.press('/api/certificates', { request: await requestFor('x'), password: PASSWORD })
    await enrol()
    await Promise.all([enrol(), enrol()])
    const mine = (await person.get('/api/certificates')).body.certificates
    assert.lengthOf(mine, 3)
    assert.lengthOf(
      mine.filter((certificate: any) => certificate.revokedAt === null),
      1
    )
    const crl = new Uint8Array(await (await fetch(`${app.url}/pki/issuing.crl`)).arrayBuffer())
    const text = openssl('crl', '-inform', 'DER', '-in', file('issuing.crl', crl), '-noout', '-text')
    assert.lengthOf(text.match(/Serial Number/g) ?? [], 2)
  })

  test('nobody revokes another’s certificate', async ({ assert }) => {
    const owner = await signIn(app.url, '19900000003')
    const other = await signIn(app.url, '19900000005')
    const living = (await owner.get('/api/certificates')).body.certificates.find(
      (certificate: any) => !certificate.revokedAt
    )
    assert.equal(
      (await other.press(`/api/certificates/${living.id}/revoke`, { reason: 'keyCompromise' })).status,
      404
    )
    assert.equal(
      (await owner.press(`/api/certificates/${living.id}/revoke`, { reason: 'keyCompromise' })).status,
      200
    )
  })

  test('openssl accepts a timestamp of the embedded authority; rubbish is refused in its own format', async ({
    assert,
  }) => {
    const data = file('data.txt', 'signed content')
    const query = join(directory, 'query.tsq')
    openssl('ts', '-query', '-data', data, '-sha256', '-cert', '-out', query)
    const ask = (body: Uint8Array) =>
      fetch(`${app.url}/pki/tsa`, {
        method: 'POST',
        headers: { 'content-type': 'application/timestamp-query' },
        body: body as BodyInit,
      })
    const reply = await ask(readFileSync(query))
    assert.equal(reply.status, 200)
    const token = file('reply.tsr', new Uint8Array(await reply.arrayBuffer()))
    const chain = file(
      'chain.pem',
      (await (await fetch(`${app.url}/pki/root.pem`)).text()) +
        (await (await fetch(`${app.url}/pki/issuing.pem`)).text())
    )
    assert.match(openssl('ts', '-verify', '-data', data, '-in', token, '-CAfile', chain), /OK/)
    const rubbish = file(
      'rubbish.tsr',
      new Uint8Array(await (await ask(new Uint8Array([1, 2, 3]))).arrayBuffer())
    )
    assert.match(openssl('ts', '-reply', '-in', rubbish, '-text'), /[Rr]ejected/)
  })

  test('REP-2: openssl asks about a certificate: good, and revoked from the moment on that it was', async ({
    assert,
  }) => {
    const person = await signIn(app.url, '19900000006')
    const enrolled = await person.press('/api/certificates', {
      request: await requestFor('x'),
      password: PASSWORD,
    })
    const leaf = file('asked.pem', pem(enrolled.body.chainBase64[0]))
    const published = async (name: string) =>
      file(`${name}.pem`, await (await fetch(`${app.url}/pki/${name}.pem`)).text())
    const [root, issuing, seal] = [
      await published('root'),
      await published('issuing'),
      await published('seal'),
    ]
    const asked = ['-issuer', issuing, '-cert', leaf, '-cert', seal]
    // The business clock of a demonstration is not the machine's: openssl is not asked how fresh an answer is.
    const checked = [...asked, '-CAfile', root, '-validity_period', '999999999']
    const good = openssl('ocsp', ...checked, '-url', `${app.url}/pki/ocsp`, '-nonce')
    assert.match(good, /asked\.pem: good/)
    assert.match(good, /seal\.pem: good/)
    const [mine] = (await person.get('/api/certificates')).body.certificates
    await person.press(`/api/certificates/${mine.id}/revoke`, { reason: 'keyCompromise' })
    const query = join(directory, 'status.req')
    openssl('ocsp', ...asked, '-no_nonce', '-reqout', query)
    const address = encodeURIComponent(readFileSync(query).toString('base64'))
    const answer = await fetch(`${app.url}/pki/ocsp/${address}`)
    assert.equal(answer.headers.get('content-type'), 'application/ocsp-response')
    const kept = file('status.resp', new Uint8Array(await answer.arrayBuffer()))
    const revoked = openssl('ocsp', ...checked, '-no_nonce', '-respin', kept)
    assert.match(revoked, /asked\.pem: revoked/)
    assert.match(revoked, /Reason: keyCompromise/)
    assert.match(revoked, /seal\.pem: good/)
  })

  test('about others’ certificates and to rubbish there is no status, and to a request of another kind no answer', async ({
    assert,
  }) => {
    const ask = (body: BodyInit, type = 'application/ocsp-request') =>
      fetch(`${app.url}/pki/ocsp`, { method: 'POST', headers: { 'content-type': type }, body })
    const statusOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer())[4]
    assert.equal(await statusOf(await ask(Uint8Array.of(1, 2, 3))), 1)
    assert.equal(await statusOf(await fetch(`${app.url}/pki/ocsp/rubbish!`)), 1)
    const root = join(directory, 'root.pem')
    const query = join(directory, 'other.req')
    openssl('ocsp', '-issuer', root, '-cert', join(directory, 'issuing.pem'), '-reqout', query)
    assert.equal(await statusOf(await ask(readFileSync(query))), 6)
    assert.equal((await ask('x', 'text/plain')).status, 415)
    assert.equal((await ask(new Uint8Array(70_000))).status, 413)
    const { rows } = await app.sql.query(
      "SELECT count(*)::int AS n FROM ledger_entries WHERE type = 'ca.status_key'"
    )
    assert.equal(rows[0].n, 1)
  })

  test('the log and the tables agree afterwards', async ({ assert }) => {
    const outcome = await ace(app, 'ledger:verify')
    assert.isTrue(outcome.ok, outcome.output)
    await app.sql.query(
      "UPDATE certificates SET revocation_reason = 'keyCompromise' WHERE revoked_at IS NOT NULL"
    )
    const tampered = await ace(app, 'ledger:verify')
    assert.isFalse(tampered.ok)
    assert.match(tampered.output, /row_differs.*certificates.*revocation_reason/)
  })
})
