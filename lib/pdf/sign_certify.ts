import type { Result } from '../result.ts'
import type { Credential } from '../pki/authority.ts'
import type { Bytes } from '../pki/bytes.ts'
import type { Certificate } from '../pki/certificate.ts'
import { signRaw } from '../pki/keys.ts'
import { SEAL_FIELD } from './report_document.ts'
import {
  completeSignature,
  type CompletedSignature,
  type CompleteError,
  type Timestamper,
} from './sign_complete.ts'
import { prepareSignature, type PrepareError } from './sign_prepare.ts'

/**
 * The platform's seal as certification signature (DocMDP P=2): from here on nothing but filling the signature
 * fields is permitted. The key is the seal's own; no person's key is ever held here.
 */
export async function certify(input: {
  pdf: Bytes
  seal: Credential
  issuers: readonly Bytes[]
  name: string
  time: string
  now: Date
  timestamp: Timestamper
  timestampRoots: readonly Certificate[]
}): Promise<Result<CompletedSignature, PrepareError | CompleteError>> {
  const prepared = await prepareSignature({
    pdf: input.pdf,
    fieldName: SEAL_FIELD,
    certificates: [input.seal.certificate, ...input.issuers],
    appearance: { name: input.name, time: input.time },
    now: input.now,
  })
  if (!prepared.ok) return prepared
  const signature = await signRaw(input.seal.privateKey, prepared.value.signedAttributes)
  return completeSignature(prepared.value, {
    signature,
    timestamp: input.timestamp,
    timestampRoots: input.timestampRoots,
  })
}
