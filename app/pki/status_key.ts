import { readFile, rename, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { businessNow } from '#core/clock/business_clock'
import { SYSTEM_ACTOR } from '#core/actor'
import { newId } from '#core/ids'
import { record } from '#ledger/public'
import { sha256, toHex } from '#lib/bytes'
import type { Credential } from '#lib/pki/authority'
import { parseCertificate } from '#lib/pki/certificate'
import { createCredential } from '#lib/pki/end_entity'
import { exportPrivateKey, importPrivateKey } from '#lib/pki/keys'
import { fromPem, toPem } from '#lib/pki/pem'
import { ORGANIZATION, ownCredential, statusAddresses } from '#pki/authority_files'

const DAY = 86_400_000
/** Short, since nobody asks about the answerer itself (RFC 6960 4.2.2.2.1); renewed a month before its end. */
const VALID_DAYS = 90
const RENEWED_DAYS = 30

/** Key and certificate in one file, so that no crash leaves the one without the other. */
const keptIn = () => join(env.get('VAR_DIR'), 'keys', 'pki', 'status.pem')

let known: Promise<Credential | null> | null = null

/** What signs answers about certificates of the issuing authority; made, and renewed, when it is asked for. */
export async function statusCredential(): Promise<Credential> {
  known ??= read()
  const kept = await known
  if (kept && isUsable(kept)) return kept
  known = null
  return renew()
}

async function read(): Promise<Credential | null> {
  if (!existsSync(keptIn())) return null
  const pem = await readFile(keptIn(), 'utf8')
  const [certificate] = fromPem('CERTIFICATE', pem)
  return certificate ? { certificate, privateKey: await importPrivateKey(pem) } : null
}

function isUsable({ certificate }: Credential): boolean {
  const { notBefore, notAfter } = parseCertificate(certificate)
  const now = businessNow().getTime()
  return notBefore.getTime() <= now && now < notAfter.getTime() - RENEWED_DAYS * DAY
}

/** Several processes that find it missing at once make one. */
async function renew(): Promise<Credential> {
  return db.transaction(async (trx) => {
    await trx.rawQuery("SELECT pg_advisory_xact_lock(hashtext('lunzheng/status-key'))")
    const kept = await read()
    if (kept && isUsable(kept)) return kept
    const made = await make()
    const pem = toPem('CERTIFICATE', made.certificate) + (await exportPrivateKey(made.privateKey))
    const beside = `${keptIn()}.${newId()}`
    await writeFile(beside, pem, { mode: 0o600, flag: 'wx' })
    await record(SYSTEM_ACTOR, async (unit) => {
      unit.entry({
        stream: 'pki',
        type: 'ca.status_key',
        payload: { certificate: toHex(sha256(made.certificate)) },
      })
    })
    await rename(beside, keptIn())
    return made
  })
}

async function make(): Promise<Credential> {
  const notBefore = new Date(businessNow().getTime() - DAY)
  return createCredential({
    issuer: await ownCredential('issuing'),
    role: 'ocsp',
    subject: { commonName: '论证演示证书状态服务', organization: ORGANIZATION },
    validity: { notBefore, notAfter: new Date(notBefore.getTime() + VALID_DAYS * DAY) },
    status: statusAddresses('issuing'),
  })
}
