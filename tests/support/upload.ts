import type { Person } from '#tests/support/person'

const TUS = { 'tus-resumable': '1.0.0' }
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')

/** Opens an upload by the tus protocol and returns its address. */
export async function openUpload(
  person: Person,
  planId: string,
  bytes: Uint8Array,
  name = '方案.pdf',
  purpose = 'plan'
): Promise<string> {
  const answer = await person.request('POST', `/api/plans/${planId}/upload`, undefined, {
    ...TUS,
    'upload-length': String(bytes.length),
    'upload-metadata': `filename ${base64(name)},purpose ${base64(purpose)}`,
  })
  if (answer.status !== 201) throw new Error(`upload: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.headers.get('location')!
}

export function sendPart(person: Person, address: string, bytes: Uint8Array, offset: number) {
  return person.request('PATCH', address, bytes, {
    ...TUS,
    'upload-offset': String(offset),
    'content-type': 'application/offset+octet-stream',
  })
}

/** Where the server is; −1 when it does not know the upload. */
export async function offsetOf(person: Person, address: string): Promise<number> {
  const answer = await person.request('HEAD', address, undefined, TUS)
  return answer.status === 200 ? Number(answer.headers.get('upload-offset')) : -1
}

/** Uploads a whole file, has it checked, and waits for the outcome. */
export async function uploadFile(
  person: Person,
  planId: string,
  bytes: Uint8Array,
  options: { note?: string; name?: string; purpose?: string } = {}
) {
  const address = await openUpload(person, planId, bytes, options.name, options.purpose)
  const sent = await sendPart(person, address, bytes, 0)
  if (sent.status !== 204) throw new Error(`upload: ${sent.status}`)
  return checkUpload(person, planId, address.split('/').at(-1)!, options.note)
}

/** Asks for the check and waits until the file is accepted or refused. */
export async function checkUpload(person: Person, planId: string, uploadId: string, note = '') {
  const asked = await person.post(`/api/plans/${planId}/uploads/${uploadId}/accept`, { note })
  if (asked.status !== 200)
    return { id: uploadId, state: 'not_taken', refusal: asked.body.error, result: null }
  for (;;) {
    const { body } = await person.get(`/api/plans/${planId}/uploads/${uploadId}`)
    if (body.state !== 'checking') return body
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}
