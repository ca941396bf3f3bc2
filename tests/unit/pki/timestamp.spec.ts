import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { sha256, utf8, type Bytes } from '../../../lib/pki/bytes.ts'
import { parseCertificate } from '../../../lib/pki/certificate.ts'
import { toPem } from '../../../lib/pki/pem.ts'
import { answerTimestampRequest } from '../../../lib/pki/timestamp_authority.ts'
import { timestampRequest } from '../../../lib/pki/timestamp_request.ts'
import { tokenOfResponse, verifyTimestamp } from '../../../lib/pki/timestamp_verify.ts'
import { makeAuthority, makeStamper, START, type Authority } from './fixtures.ts'

let authority: Authority
let imprint: Bytes

async function token(credential = authority.stamper, nonce = 42n): Promise<Bytes> {
  const answer = tokenOfResponse(
    await answerTimestampRequest(makeStamper(authority, credential), timestampRequest(imprint, nonce))
  )
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.value
}

async function verdict(
  token: Bytes,
  changed: { imprint?: Bytes; nonce?: bigint; root?: Bytes } = {}
): Promise<string> {
  const roots = [parseCertificate(changed.root ?? authority.root.certificate)]
  const result = await verifyTimestamp({
    token,
    imprint: changed.imprint ?? imprint,
    nonce: changed.nonce ?? 42n,
    roots,
  })
  return result.ok ? 'ok' : result.error.code
}

test.group('timestamps (RFC 3161)', (group) => {
  group.setup(async () => {
    authority = await makeAuthority()
    imprint = await sha256(utf8('签名值'))
  })

  test('a token is for these bytes, this request, by this authority', async ({ assert }) => {
    const good = await token()
    assert.equal(await verdict(good), 'ok')
    assert.equal(await verdict(good, { imprint: await sha256(utf8('别的')) }), 'timestamp_imprint_differs')
    assert.equal(await verdict(good, { nonce: 43n }), 'timestamp_nonce_differs')
    assert.equal(
      await verdict(good, { root: (await makeAuthority()).root.certificate }),
      'timestamp_certificate_unknown_issuer'
    )
    const spoilt = good.slice()
    spoilt[spoilt.length - 5]! ^= 1
    assert.equal(await verdict(spoilt), 'timestamp_signature_invalid')
  })

  test('a certificate that is not for time-stamping alone is refused', async ({ assert }) => {
    assert.equal(await verdict(await token(authority.seal)), 'timestamp_wrong_key_usage')
  })

  test('what is no request is refused in the protocol, and the refusal is seen', async ({ assert }) => {
    const answer = await answerTimestampRequest(makeStamper(authority), utf8('hello'))
    assert.deepEqual(tokenOfResponse(answer), { ok: false, error: { code: 'timestamp_refused' } })
  })

  test('openssl ts agrees', async ({ assert }) => {
    const directory = mkdtempSync(join(tmpdir(), 'lz-tsa-'))
    const request = timestampRequest(imprint, 99n)
    const response = await answerTimestampRequest(makeStamper(authority), request)
    const path = (name: string) => join(directory, name)
    writeFileSync(path('q'), request)
    writeFileSync(path('r'), response)
    writeFileSync(path('root.pem'), authority.rootPem)
    writeFileSync(path('issuing.pem'), toPem('CERTIFICATE', authority.issuing.certificate))
    const output = execFileSync(
      'openssl',
      [
        'ts',
        '-verify',
        '-queryfile',
        path('q'),
        '-in',
        path('r'),
        '-CAfile',
        path('root.pem'),
        '-untrusted',
        path('issuing.pem'),
        '-attime',
        String(START.getTime() / 1000 + 120),
      ],
      { stdio: 'pipe' }
    ).toString()
    assert.include(output, 'Verification: OK')
  })
})
