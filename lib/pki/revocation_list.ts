import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import type { Credential } from './authority.ts'
import type { Bytes } from './bytes.ts'
import { integer } from './der_write.ts'
import { ECDSA_SHA256 } from './keys.ts'
import { OID } from './oids.ts'

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
