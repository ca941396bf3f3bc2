import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import { fail, ok, type Result } from '../result.ts'
import type { Credential } from './authority.ts'
import { equalBytes, type Bytes } from './bytes.ts'
import type { Certificate } from './certificate.ts'
import { bitsOf, children, DerError, integerOf, readDer, sequenceOf, timeOf } from './der_read.ts'
import { integer } from './der_write.ts'
import { ECDSA_SHA256 } from './keys.ts'
import { OID } from './oids.ts'
import { verifySignature } from './verify_signature.ts'

/** RFC 5280 5.3.1, those that this authority uses. */
export type RevocationReason = 'keyCompromise' | 'affiliationChanged' | 'superseded' | 'cessationOfOperation'
export type Revoked = { serial: bigint; at: Date; reason: RevocationReason }

/** A CRL (RFC 5280 5) of everything the issuer revoked; `number` rises by one with each list. */
export async function issueRevocationList(input: {
  issuer: Credential
  number: number
  thisUpdate: Date
  nextUpdate: Date
  revoked: readonly Revoked[]
}): Promise<Bytes> {
  const issuer = new x509.X509Certificate(input.issuer.certificate)
  const list = await x509.X509CrlGenerator.create({
    issuer: issuer.subjectName,
    thisUpdate: input.thisUpdate,
    nextUpdate: input.nextUpdate,
    signingAlgorithm: ECDSA_SHA256,
    signingKey: input.issuer.privateKey,
    extensions: [
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      new x509.Extension(OID.crlNumber, false, integer(input.number)),
    ],
    entries: input.revoked.map((entry) => ({
      serialNumber: entry.serial.toString(16).padStart(32, '0'),
      revocationDate: entry.at,
      reason: x509.X509CrlReason[entry.reason],
    })),
  })
  return new Uint8Array(list.rawData)
}

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
