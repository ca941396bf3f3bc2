import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import env from '#start/env'
import { businessNow } from '#core/clock/business_clock'
import { SYSTEM_ACTOR } from '#core/actor'
import { record } from '#ledger/public'
import { sha256, toHex } from '#lib/bytes'
import { createIssuingAuthority, createRoot, type Credential, type StatusAddresses } from '#lib/pki/authority'
import { createCredential } from '#lib/pki/end_entity'
import { exportPrivateKey, importPrivateKey } from '#lib/pki/keys'
import { fromPem, toPem } from '#lib/pki/pem'

const DAY = 86_400_000
const YEAR = 365 * DAY

/**
 * The authority of a demonstration installation (REP-2): in production people's certificates come from a
 * licensed authority, and reports of this one say so. Keys under keys/pki, the root's apart under keys/root
 * so that it can be taken off the machine; certificates under trust/.
 */
const NAMES = { issuing: 'issuing', seal: 'seal', tsa: 'tsa' } as const
export type OwnName = keyof typeof NAMES

export const ORGANIZATION = '论证演示认证机构'

const keyFile = (name: string) =>
  join(env.get('VAR_DIR'), 'keys', name === 'root' ? 'root' : 'pki', `${name}.key.pem`)
const certificateFile = (name: string) => join(env.get('VAR_DIR'), 'trust', `${name}.pem`)

async function keep(name: string, credential: Credential): Promise<void> {
  await mkdir(join(keyFile(name), '..'), { recursive: true, mode: 0o700 })
  await mkdir(join(certificateFile(name), '..'), { recursive: true })
  await writeFile(keyFile(name), await exportPrivateKey(credential.privateKey), { mode: 0o600, flag: 'wx' })
  await writeFile(certificateFile(name), toPem('CERTIFICATE', credential.certificate))
}

/** Where relying parties ask about certificates of `issuer`. */
export function statusAddresses(issuer: 'root' | 'issuing'): StatusAddresses {
  const base = `${env.get('PUBLIC_URL')}/pki`
  return { ocspUrl: `${base}/ocsp`, crlUrls: [`${base}/${issuer}.crl`] }
}

/**
 * Makes root, issuing authority, seal and time-stamping key, once. Certificates begin 90 days back, since
 * the business clock of a demonstration starts in the past.
 */
export async function holdCeremony(): Promise<{ made: boolean }> {
  if (existsSync(certificateFile('root'))) return { made: false }
  const notBefore = new Date(businessNow().getTime() - 90 * DAY)
  const validity = (years: number) => ({ notBefore, notAfter: new Date(notBefore.getTime() + years * YEAR) })
  const organization = ORGANIZATION
  const root = await createRoot({
    subject: { commonName: '论证演示根证书', organization },
    validity: validity(20),
  })
  const issuing = await createIssuingAuthority({
    root,
    subject: { commonName: '论证演示签发机构', organization },
    validity: validity(10),
    status: statusAddresses('root'),
  })
  const status = statusAddresses('issuing')
  const own = (role: 'seal' | 'timestamp', commonName: string, years: number) =>
    createCredential({
      issuer: issuing,
      role,
      subject: { commonName, organization },
      validity: validity(years),
      status,
    })
  const seal = await own('seal', '论证平台电子签章（演示）', 5)
  const tsa = await own('timestamp', '论证演示时间戳服务', 9)
  const made = { root, issuing, seal, tsa }
  for (const [name, credential] of Object.entries(made)) await keep(name, credential)
  await record(SYSTEM_ACTOR, async (unit) => {
    const certificates = Object.fromEntries(
      Object.entries(made).map(([name, credential]) => [name, toHex(sha256(credential.certificate))])
    )
    unit.entry({ stream: 'pki', type: 'ca.ceremony', payload: { certificates } })
  })
  return { made: true }
}

const loaded = new Map<OwnName, Promise<Credential>>()

/** One of the installation's own keys with its certificate. @throws when the ceremony was not held. */
export function ownCredential(name: OwnName): Promise<Credential> {
  const known = loaded.get(name)
  if (known) return known
  const reading = read(name)
  loaded.set(name, reading)
  return reading
}

async function read(name: OwnName): Promise<Credential> {
  const privateKey = await importPrivateKey(await readFile(keyFile(name), 'utf8'))
  return { certificate: await ownCertificate(name), privateKey }
}

/** DER of root, issuing, seal or tsa. */
export async function ownCertificate(name: OwnName | 'root') {
  const [certificate] = fromPem('CERTIFICATE', await readFile(certificateFile(name), 'utf8'))
  if (!certificate) throw new Error(`${name}.pem holds no certificate`)
  return certificate
}

export async function certificatePem(name: OwnName | 'root'): Promise<string> {
  return readFile(certificateFile(name), 'utf8')
}

/** Signs the root's own revocation list with the off-line key, when that is on this machine. */
export async function rootCredential(): Promise<Credential | null> {
  if (!existsSync(keyFile('root'))) return null
  return {
    certificate: await ownCertificate('root'),
    privateKey: await importPrivateKey(await readFile(keyFile('root'), 'utf8')),
  }
}
