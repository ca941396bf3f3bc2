import { createIssuingAuthority, createRoot } from '#lib/pki/authority'
import { certifyPerson, createRequest } from '#lib/pki/certificate_request'
import { createCredential } from '#lib/pki/end_entity'
import { generateKeys } from '#lib/pki/keys'
import { must } from '#bin/bench/support/must'

const YEAR_MS = 365 * 86_400_000
const validity = { notBefore: new Date(Date.now() - 3_600_000), notAfter: new Date(Date.now() + YEAR_MS) }
const status = {
  ocspUrl: 'http://lunzheng.example/ocsp',
  crlUrls: ['http://lunzheng.example/issuing.crl'],
}

/** Root, issuing authority, seal, time-stamping authority and experts: what signing needs, in memory. */
export async function makeAuthority(experts: readonly { name: string; rosterNumber: string }[]) {
  const root = await createRoot({ subject: { commonName: '性能测试根证书' }, validity })
  const issuing = await createIssuingAuthority({
    root,
    subject: { commonName: '性能测试签发证书' },
    validity,
    status,
  })
  const issued = { issuer: issuing, validity, status }
  const seal = await createCredential({ ...issued, role: 'seal', subject: { commonName: '平台电子签章' } })
  const stamper = await createCredential({
    ...issued,
    role: 'timestamp',
    subject: { commonName: '性能测试时间戳' },
  })
  const people = []
  for (const { name, rosterNumber } of experts) {
    const keys = await generateKeys(false)
    const subject = { commonName: name, serialNumber: rosterNumber }
    const request = await createRequest(keys, subject)
    const certified = await certifyPerson({ issuer: issuing, request, subject, validity, status })
    people.push({ name, keys, certificate: must('certificate', certified) })
  }
  const timestamps = {
    credential: stamper,
    issuers: [issuing.certificate],
    accuracySeconds: 1,
    now: () => new Date(),
  }
  return { root, issuing, seal, timestamps, people }
}
