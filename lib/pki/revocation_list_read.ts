import { fail, ok, type Result } from '../result.ts'
import { equalBytes, type Bytes } from './bytes.ts'
import type { Certificate } from './certificate.ts'
import { bitsOf, children, DerError, integerOf, readDer, sequenceOf, timeOf } from './der_read.ts'
import { verifySignature } from './verify_signature.ts'

export type RevocationList = { issuer: Bytes; thisUpdate: Date; revoked: Map<bigint, Date> }

/** The list as its issuer signed it. */
export async function readRevocationList(
  der: Bytes,
  issuer: Certificate
): Promise<Result<RevocationList, { code: 'crl_malformed' | 'crl_not_of_issuer' }>> {
  try {
    const [tbs, , signature] = sequenceOf(readDer(der))
    const fields = sequenceOf(tbs)
    const [, , name, thisUpdate] = fields
    if (!name || !equalBytes(name.bytes, issuer.subject)) return fail({ code: 'crl_not_of_issuer' })
    if (!(await verifySignature(issuer.publicKeyInfo, bitsOf(signature), tbs!.bytes)))
      return fail({ code: 'crl_not_of_issuer' })
    const revoked = new Map<bigint, Date>()
    const entries = fields.slice(4).find((field) => field.tag === 0x30)
    for (const entry of entries ? children(entries) : []) {
      const [serial, at] = sequenceOf(entry)
      revoked.set(integerOf(serial), timeOf(at))
    }
    return ok({ issuer: name.bytes, thisUpdate: timeOf(thisUpdate), revoked })
  } catch (error) {
    if (error instanceof DerError) return fail({ code: 'crl_malformed' })
    throw error
  }
}
