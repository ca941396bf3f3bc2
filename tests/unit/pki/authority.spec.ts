import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import {
  commonNameOf,
  extendedKeyUsagesOf,
  hasKeyUsage,
  parseCertificate,
  policiesOf,
} from '../../../lib/pki/certificate.ts'
import { certifyPerson, createRequest } from '../../../lib/pki/certificate_request.ts'
import { buildChain } from '../../../lib/pki/chain.ts'
import { exportPrivateKey, generateKeys, importPrivateKey, signRaw } from '../../../lib/pki/keys.ts'
import { OID, POLICY } from '../../../lib/pki/oids.ts'
import { toPem } from '../../../lib/pki/pem.ts'
import { issueRevocationList } from '../../../lib/pki/revocation_list.ts'
import { readRevocationList } from '../../../lib/pki/revocation_list_read.ts'
import { signatureToDer, verifySignature } from '../../../lib/pki/verify_signature.ts'
import { DAY, makeAuthority, makePerson, START, status, validity, type Authority } from './fixtures.ts'

let authority: Authority

test.group('certificate authority', (group) => {
  group.setup(async () => {
    authority = await makeAuthority()
  })

  test('REP-2: a person certificate carries the profile that signing needs', async ({ assert }) => {
    const person = await makePerson(authority, '古丽娜尔·阿不都热合曼', 'JK-2026-0019')
    const certificate = parseCertificate(person.certificate)
    assert.equal(commonNameOf(certificate), '古丽娜尔·阿不都热合曼')
    assert.equal(certificate.subjectNames.get(OID.serialNumber), 'JK-2026-0019')
    assert.deepEqual(extendedKeyUsagesOf(certificate), [OID.documentSigning, OID.emailProtection])
    assert.deepEqual(policiesOf(certificate), [POLICY.person])
    assert.isTrue(hasKeyUsage(certificate, 0) && hasKeyUsage(certificate, 1))
    assert.isFalse(hasKeyUsage(certificate, 5))
    assert.isTrue(
      certificate.extensions.has(OID.authorityInfoAccess) &&
        certificate.extensions.has(OID.crlDistributionPoints)
    )
  })

  test('a private key that never leaves cannot be exported', async ({ assert }) => {
    const person = await makePerson(authority, '莫志坚', 'JK-2026-0004')
    await assert.rejects(() => exportPrivateKey(person.keys.privateKey))
  })

  test('a request signed by another key is refused: possession is not proven', async ({ assert }) => {
    const [own, other] = [await generateKeys(false), await generateKeys(false)]
    const request = await createRequest(
      { publicKey: own.publicKey, privateKey: other.privateKey },
      { commonName: '冒名' }
    )
    const answer = await certifyPerson({
      issuer: authority.issuing,
      request,
      subject: { commonName: '冒名' },
      validity: validity(90),
      status,
    })
    assert.deepEqual(answer, { ok: false, error: { code: 'request_possession_unproven' } })
    const broken = await certifyPerson({
      issuer: authority.issuing,
      request: request.slice(0, 40),
      subject: { commonName: '冒名' },
      validity: validity(90),
      status,
    })
    assert.deepEqual(broken, { ok: false, error: { code: 'request_malformed' } })
  })

  test('the chain holds at the time of signing, and not before, after, or to a foreign root', async ({
    assert,
  }) => {
    const person = await makePerson(authority, '覃思远', 'JK-2026-0002', 90)
    const foreign = await makeAuthority()
    const leaf = parseCertificate(person.certificate)
    const pool = [parseCertificate(authority.issuing.certificate)]
    const roots = [parseCertificate(authority.root.certificate)]
    const at = async (time: Date, trusted = roots) => {
      const result = await buildChain(leaf, pool, trusted, time)
      return result.ok ? (result.trusted ? 'trusted' : 'unknown') : result.code
    }
    assert.equal(await at(START), 'trusted')
    assert.equal(await at(new Date(START.getTime() + 91 * DAY)), 'certificate_expired_at_signing')
    assert.equal(await at(new Date(START.getTime() - 2 * DAY)), 'certificate_not_yet_valid_at_signing')
    assert.equal(await at(START, [parseCertificate(foreign.root.certificate)]), 'certificate_unknown_issuer')
    assert.equal(await at(START, []), 'unknown')
  })

  test('an end entity cannot issue: a certificate signed by a person is refused', async ({ assert }) => {
    const keys = await generateKeys(true)
    const request = await createRequest(keys, { commonName: '甲' })
    const first = await certifyPerson({
      issuer: authority.issuing,
      request,
      subject: { commonName: '甲' },
      validity: validity(90),
      status,
    })
    if (!first.ok) throw new Error(first.error.code)
    const second = await certifyPerson({
      issuer: { certificate: first.value, privateKey: keys.privateKey },
      request,
      subject: { commonName: '乙' },
      validity: validity(90),
      status,
    })
    if (!second.ok) throw new Error(second.error.code)
    const pool = [first.value, authority.issuing.certificate].map(parseCertificate)
    const result = await buildChain(
      parseCertificate(second.value),
      pool,
      [parseCertificate(authority.root.certificate)],
      START
    )
    assert.isFalse(result.ok)
    assert.equal(!result.ok && result.code, 'certificate_issuer_not_authority')
  })

  test('openssl accepts the chain and the revocation list, and sees the revocation', async ({ assert }) => {
    const directory = mkdtempSync(join(tmpdir(), 'lz-pki-'))
    const person = await makePerson(authority, '黄丽萍', 'JK-2026-0003')
    const serial = parseCertificate(person.certificate).serial
    const list = await issueRevocationList({
      issuer: authority.issuing,
      number: 7,
      thisUpdate: START,
      nextUpdate: new Date(START.getTime() + 7 * DAY),
      revoked: [{ serial, at: START, reason: 'keyCompromise' }],
    })
    const file = (name: string, text: string) => (
      writeFileSync(join(directory, name), text),
      join(directory, name)
    )
    const root = file('root.pem', authority.rootPem)
    const issuing = file('issuing.pem', toPem('CERTIFICATE', authority.issuing.certificate))
    const leaf = file('leaf.pem', toPem('CERTIFICATE', person.certificate))
    const crl = file('crl.pem', toPem('X509 CRL', list))
    const common = [
      'verify',
      '-attime',
      String(START.getTime() / 1000 + 10),
      '-CAfile',
      root,
      '-untrusted',
      issuing,
    ]
    assert.include(execFileSync('openssl', [...common, leaf]).toString(), 'OK')
    let refused = ''
    try {
      execFileSync('openssl', [...common, '-crl_check', '-CRLfile', crl, leaf], { stdio: 'pipe' })
    } catch (error) {
      refused = String((error as { stderr: Buffer }).stderr)
    }
    assert.include(refused, 'certificate revoked')
    const read = await readRevocationList(list, parseCertificate(authority.issuing.certificate))
    assert.isTrue(read.ok && read.value.revoked.get(serial)?.getTime() === START.getTime())
    const foreign = await makeAuthority()
    assert.deepEqual(await readRevocationList(list, parseCertificate(foreign.issuing.certificate)), {
      ok: false,
      error: { code: 'crl_not_of_issuer' },
    })
  })

  test('keys survive their file, and r‖s becomes the DER that verifies', async ({ assert }) => {
    const key = await importPrivateKey(await exportPrivateKey(authority.seal.privateKey))
    const info = parseCertificate(authority.seal.certificate).publicKeyInfo
    const data = new Uint8Array([1, 2, 3])
    for (let round = 0; round < 20; round++) {
      const signature = signatureToDer(await signRaw(key, data))
      assert.isTrue(await verifySignature(info, signature, data))
      signature[signature.length - 1]! ^= 1
      assert.isFalse(await verifySignature(info, signature, data))
    }
  })
})
