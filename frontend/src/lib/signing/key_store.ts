import { openDB, type DBSchema } from 'idb'
import type { Bytes } from '../../../../lib/pki/bytes.ts'
import { keySigner, type Signer } from './signer.ts'

/** One person's key in this browser. The key object can't be exported, by us or by any script. */
export interface StoredKey {
  userId: string
  privateKey: CryptoKey
  certificate: Bytes
  certificateSha256: string
  /** ISO instant. */
  notAfter: string
}

interface Schema extends DBSchema {
  keys: { key: string; value: StoredKey }
}

/** Keys are kept per person: in a demonstration several people share one browser. */
const database = () =>
  openDB<Schema>('lunzheng-signing', 1, {
    upgrade: (db) => void db.createObjectStore('keys', { keyPath: 'userId' }),
  })

export async function storedKey(userId: string): Promise<StoredKey | null> {
  return (await (await database()).get('keys', userId)) ?? null
}

export async function storeKey(key: StoredKey): Promise<void> {
  await (await database()).put('keys', key)
}

export function signerOf(key: StoredKey): Promise<Signer> {
  return keySigner(key.privateKey, key.certificate)
}
