import { fromBase64, toBase64 } from '#lib/bytes'
import type { Bytes } from '#lib/pki/bytes'
import { createRequest } from '#lib/pki/certificate_request'
import { generateKeys } from '#lib/pki/keys'
import type { Person } from '#tests/support/person'
import { keySigner, type Signer } from '../../../../frontend/src/lib/signing/signer.ts'
import { NoAnswer, type SigningServer } from '../../../../frontend/src/lib/signing/sign_report.ts'

/** The person's browser makes a key that can't be exported, and has it certified. */
export async function enrol(person: Person): Promise<Signer> {
  const keys = await generateKeys(false)
  const request = toBase64(await createRequest(keys, { commonName: '-' }))
  const answer = await person.post('/api/certificates', { request, password: 'lunzheng-2026' })
  if (answer.status !== 200) throw new Error(`enrol: ${JSON.stringify(answer.body)}`)
  return keySigner(keys.privateKey, fromBase64(answer.body.chainBase64[0]) as Bytes)
}

/** The certified revision, as the page loads and displays it. */
export async function displayedBy(person: Person, reportId: string, revision = 'certified'): Promise<Bytes> {
  const response = await fetch(new URL(`/api/reports/${reportId}/file?revision=${revision}`, person.url), {
    headers: { cookie: person.cookieHeader },
  })
  if (!response.ok) throw new Error(`file: ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

/** The server as the person's page speaks to it. */
export function serverFor(person: Person, reportId: string): SigningServer {
  const send = async (step: string, body: unknown): Promise<any> => {
    const answer = await person.post(`/api/reports/${reportId}/sign/${step}`, body).catch(() => null)
    if (!answer || answer.status >= 500) throw new NoAnswer()
    if (answer.status < 300) return { ok: true, value: answer.body }
    return { ok: false, error: { code: answer.body.error.code, ...answer.body.error.params } }
  }
  return {
    prepare: (given) => send('prepare', given),
    complete: (given) => send('complete', given),
    drop: async (leaseToken) => void (await send('drop', { leaseToken })),
  }
}
