import { fromBase64, toBase64 } from '../../../../lib/bytes.ts'
import type { Bytes } from '../../../../lib/pki/bytes.ts'
import { createRequest } from '../../../../lib/pki/certificate_request.ts'
import { generateKeys } from '../../../../lib/pki/keys.ts'
import { api, type CallOptions } from '../api/client.ts'
import { storeKey, type StoredKey } from './key_store.ts'

interface Enrolled {
  chainBase64: string[]
  sha256: string
  notAfter: string
}

/**
 * Makes a key in this browser and has it certified; an earlier certificate of the person is revoked by that.
 * The password shows that the person is here, not only their open session.
 */
export async function enrol(
  person: { id: string; name: string },
  password: string,
  options: CallOptions
): Promise<StoredKey> {
  const keys = await generateKeys(false)
  const request = toBase64(await createRequest(keys, { commonName: person.name }))
  const enrolled = await api.post<Enrolled>('/api/certificates', { request, password }, options)
  const key: StoredKey = {
    userId: person.id,
    privateKey: keys.privateKey,
    certificate: fromBase64(enrolled.chainBase64[0]!) as Bytes,
    certificateSha256: enrolled.sha256,
    notAfter: enrolled.notAfter,
  }
  await storeKey(key)
  return key
}

/** Whether the browser promises not to throw the key away by itself. Asking shows no dialog in most of them. */
export async function askToKeep(): Promise<boolean> {
  if (!navigator.storage?.persist) return false
  return (await navigator.storage.persisted()) || (await navigator.storage.persist())
}

/** Built-in browsers of chat apps lose their storage, so a key made there is as good as lost. */
export function isBuiltInBrowser(userAgent: string = navigator.userAgent): boolean {
  return /MicroMessenger|DingTalk|QQ\/|AlipayClient/i.test(userAgent)
}
