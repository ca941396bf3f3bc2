import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import type { Credential } from '#lib/pki/authority'
import type { Bytes } from '#lib/pki/bytes'
import { parseCertificate, type Certificate } from '#lib/pki/certificate'
import { createCredential } from '#lib/pki/end_entity'
import { readStatusResponse } from '#lib/pki/ocsp_read'
import { idOf, isIdOf, readStatusRequest, statusRequest } from '#lib/pki/ocsp_request'
import { statusRefused, statusResponse, type Status } from '#lib/pki/ocsp_response'
import { toPem } from '#lib/pki/pem'
import { DAY, makeAuthority, makePerson, START, status, validity, type Authority } from './fixtures.ts'

const MINUTE = 60_000
const later = (ms: number) => new Date(START.getTime() + ms)

test.group('status of a certificate (OCSP, RFC 6960)', (group) => {
  let authority: Authority
  let responder: Credential
  let person: Certificate
  let issuer: Certificate
  let folder: string
  group.setup(async () => {
    authority = await makeAuthority()
    responder = await ofProfile('ocsp')
    person = parseCertificate((await makePerson(authority, '莫志坚', 'JK-2026-0004')).certificate)
    issuer = parseCertificate(authority.issuing.certificate)
    folder = mkdtempSync(join(tmpdir(), 'lunzheng-ocsp-'))
    const pems = {
      root: authority.root.certificate,
      issuing: authority.issuing.certificate,
      person: person.der,
    }
    for (const [name, der] of Object.entries(pems))
      writeFileSync(join(folder, `${name}.pem`), toPem('CERTIFICATE', der as Bytes))
  })

  const ofProfile = (role: 'ocsp' | 'seal', issuing = authority.issuing) =>
    createCredential({
      issuer: issuing,
      role,
      subject: { commonName: '演示状态服务' },
      validity: validity(365),
      status,
    })
  async function answer(
    said: Status,
    change: { responder?: Credential; nonce?: Bytes; to?: Certificate } = {}
  ) {
    return statusResponse({
      responder: change.responder ?? responder,
      answers: [{ id: await idOf(change.to ?? person, issuer), status: said }],
      thisUpdate: START,
      nextUpdate: later(DAY),
      nonce: change.nonce,
    })
  }
  const read = (der: Bytes, nonce?: Bytes) =>
    readStatusResponse(der, { certificate: person, issuer, ...(nonce && { nonce }) })
  /** What openssl makes of a response, at the time of the answer. */
  function openssl(der: Bytes): string {
    const file = join(folder, 'response.der')
    writeFileSync(file, der)
    const names = [
      '-issuer',
      'issuing.pem',
      '-sha256',
      '-cert',
      'person.pem',
      '-CAfile',
      'root.pem',
      '-verify_other',
      'issuing.pem',
    ]
    const time = ['-attime', String(START.getTime() / 1000), '-validity_period', '999999999']
    return execFileSync('openssl', ['ocsp', '-respin', file, '-no_nonce', ...names, ...time], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  test('REP-2: good, revoked and unknown are read as they were said, and by openssl alike', async ({
    assert,
  }) => {
    const at = later(-5 * MINUTE)
    const cases: [Status, object][] = [
      [{ code: 'good' }, { status: 'good', revokedAt: undefined }],
      [
        { code: 'revoked', at, reason: 'keyCompromise' },
        { status: 'revoked', revokedAt: at },
      ],
      [{ code: 'unknown' }, { status: 'unknown', revokedAt: undefined }],
    ]
    for (const [said, expected] of cases) {
      const der = await answer(said)
      const found = await read(der)
      if (!found.ok) return assert.fail(found.error.code)
      assert.deepInclude(found.value, { ...expected, thisUpdate: START, nextUpdate: later(DAY) })
      assert.include(openssl(der), `person.pem: ${said.code}`)
    }
  })

  test('a request by openssl is read, SHA-1 and nonce and all, and its answer carries both', async ({
    assert,
  }) => {
    for (const digest of ['-sha1', '-sha256']) {
      const file = join(folder, 'request.der')
      execFileSync(
        'openssl',
        ['ocsp', '-issuer', 'issuing.pem', digest, '-cert', 'person.pem', '-nonce', '-reqout', file],
        { cwd: folder }
      )
      const asked = readStatusRequest(new Uint8Array(readFileSync(file)))
      assert.lengthOf(asked.ids, 1)
      assert.isTrue(await isIdOf(asked.ids[0]!, person, issuer))
      assert.isAbove(asked.nonce!.length, 7)
      const der = await statusResponse({
        responder,
        answers: [{ id: asked.ids[0]!, status: { code: 'good' } }],
        thisUpdate: START,
        nextUpdate: later(DAY),
        nonce: asked.nonce,
      })
      assert.isTrue((await read(der, asked.nonce)).ok)
    }
  })

  test('our request is read by openssl, and by ourselves', async ({ assert }) => {
    const nonce = crypto.getRandomValues(new Uint8Array(16))
    const der = statusRequest(await idOf(person, issuer), nonce)
    const file = join(folder, 'own.der')
    writeFileSync(file, der)
    const text = execFileSync('openssl', ['ocsp', '-reqin', file, '-req_text'], { encoding: 'utf8' })
    assert.match(text, /Hash Algorithm: sha256/)
    assert.match(text, /OCSP Nonce/)
    assert.deepEqual(readStatusRequest(der).nonce, nonce)
  })

  test('who may not answer is named: another authority, a key without that purpose, one no longer valid', async ({
    assert,
  }) => {
    const other = await makeAuthority()
    const refused: [string, Credential][] = [
      ['a stranger', await ofProfile('ocsp', other.issuing)],
      ['a seal', await ofProfile('seal')],
      [
        'an expired one',
        await createCredential({
          issuer: authority.issuing,
          role: 'ocsp',
          subject: { commonName: '旧' },
          validity: { notBefore: later(-9 * DAY), notAfter: later(-DAY) },
          status,
        }),
      ],
    ]
    for (const [who, by] of refused) {
      const found = await read(await answer({ code: 'good' }, { responder: by }))
      assert.deepEqual(found, { ok: false, error: { code: 'ocsp_responder_not_authorised' } }, who)
    }
    assert.isTrue((await read(await answer({ code: 'good' }, { responder: authority.issuing }))).ok)
  })

  test('of another certificate, with another nonce, refused, altered in any byte: none is a status', async ({
    assert,
  }) => {
    const code = async (der: Bytes, nonce?: Bytes) => {
      const found = await read(der, nonce)
      return found.ok ? 'ok' : found.error.code
    }
    const neighbour = parseCertificate((await makePerson(authority, '韦国栋', 'JK-2026-0005')).certificate)
    assert.equal(await code(await answer({ code: 'good' }, { to: neighbour })), 'ocsp_of_another_certificate')
    const nonce = Uint8Array.of(1, 2, 3, 4)
    assert.equal(await code(await answer({ code: 'good' }), nonce), 'ocsp_nonce_differs')
    assert.equal(
      await code(await answer({ code: 'good' }, { nonce: Uint8Array.of(9) }), nonce),
      'ocsp_nonce_differs'
    )
    for (const why of ['malformed_request', 'internal_error', 'unauthorized'] as const)
      assert.equal(await code(statusRefused(why)), 'ocsp_refused')
    const whole = await answer({ code: 'good' })
    const enclosed = whole.length - responder.certificate.length
    let refused = 0
    for (let at = 0; at < enclosed; at++) {
      const altered = whole.slice()
      altered[at] = altered[at]! ^ 0x01
      if ((await code(altered)) !== 'ok') refused += 1
      else assert.fail(`byte ${at} altered, and still a status`)
    }
    assert.equal(refused, enclosed)
  })
})
