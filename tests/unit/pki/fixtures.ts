import { createIssuingAuthority, createRoot, type Credential } from '../../../lib/pki/authority.ts'
import type { Bytes } from '../../../lib/pki/bytes.ts'
import { certifyPerson, createRequest } from '../../../lib/pki/certificate_request.ts'
import { createCredential } from '../../../lib/pki/end_entity.ts'
import { generateKeys } from '../../../lib/pki/keys.ts'
import { toPem } from '../../../lib/pki/pem.ts'
import type { TimestampAuthority } from '../../../lib/pki/timestamp_authority.ts'

export const DAY = 86_400_000
export const START = new Date('2026-03-18T08:46:02Z')
export const status = {
  ocspUrl: 'http://lunzheng.example/ocsp',
  crlUrls: ['http://lunzheng.example/issuing.crl'],
}

export type Person = { name: string; roster: string; keys: CryptoKeyPair; certificate: Bytes }

export function validity(days: number, from = new Date(START.getTime() - DAY)) {
  return { notBefore: from, notAfter: new Date(from.getTime() + days * DAY) }
}

/** A whole demonstration authority: root, issuing authority, seal and time-stamping certificates. */
export async function makeAuthority() {
  const root = await createRoot({ subject: { commonName: '演示根证书' }, validity: validity(7300) })
  const issuing = await createIssuingAuthority({
    root,
    subject: { commonName: '演示签发证书', organization: '市建管中心' },
    validity: validity(3650),
    status,
  })
  const seal = await createCredential({
    issuer: issuing,
    role: 'seal',
    subject: { commonName: '平台电子签章', organization: '市建管中心' },
    validity: validity(1095),
    status,
  })
  const stamper = await createCredential({
    issuer: issuing,
    role: 'timestamp',
    subject: { commonName: '演示时间戳' },
    validity: validity(3650),
    status,
  })
  return { root, issuing, seal, stamper, rootPem: toPem('CERTIFICATE', root.certificate) }
}

export type Authority = Awaited<ReturnType<typeof makeAuthority>>

/** A time-stamping authority whose clock moves on by a minute with each token. */
export function makeStamper(
  authority: Authority,
  credential: Credential = authority.stamper,
  from = START
): TimestampAuthority {
  let time = from.getTime()
  return {
    credential,
    issuers: [authority.issuing.certificate],
    accuracySeconds: 1,
    now: () => new Date((time += 60_000)),
  }
}

export async function makePerson(
  authority: Authority,
  name: string,
  roster: string,
  days = 90,
  from?: Date
): Promise<Person> {
  const keys = await generateKeys(false)
  const subject = { commonName: name, organization: '八桂岩土工程研究院', serialNumber: roster }
  const certified = await certifyPerson({
    issuer: authority.issuing,
    request: await createRequest(keys, subject),
    subject,
    validity: validity(days, from),
    status,
  })
  if (!certified.ok) throw new Error(certified.error.code)
  return { name, roster, keys, certificate: certified.value }
}
