import { equalBytes } from './bytes.ts'
import { hasKeyUsage, isCertificateAuthority, pathLengthOf, type Certificate } from './certificate.ts'
import { OID } from './oids.ts'
import { verifySignature } from './verify_signature.ts'

const KEY_CERT_SIGN = 5
const LONGEST_CHAIN = 6
const UNDERSTOOD = new Set<string>([
  OID.basicConstraints,
  OID.keyUsage,
  OID.extendedKeyUsage,
  OID.certificatePolicies,
  OID.subjectAltName,
])

export type ChainFailure =
  | 'certificate_unknown_issuer'
  | 'certificate_expired_at_signing'
  | 'certificate_not_yet_valid_at_signing'
  | 'certificate_issuer_not_authority'
  | 'certificate_unknown_critical_extension'

export type ChainResult =
  | { ok: true; chain: Certificate[]; trusted: boolean }
  | { ok: false; code: ChainFailure; chain: Certificate[] }

/**
 * The path from a certificate to one of the roots (RFC 5280, 6.1, without name constraints or policy mapping),
 * everything valid at the moment given. With no roots at all, a path as long as the pool gives is returned,
 * not trusted. Roots count by identity: they come from the verifier's owner, never from the document.
 */
export async function buildChain(
  leaf: Certificate,
  pool: readonly Certificate[],
  roots: readonly Certificate[],
  at: Date
): Promise<ChainResult> {
  const chain: Certificate[] = [leaf]
  for (;;) {
    const current = chain.at(-1)!
    const fault = faultAt(current, at)
    if (fault) return { ok: false, code: fault, chain }
    if (roots.some((root) => equalBytes(root.der, current.der))) return { ok: true, chain, trusted: true }
    if (chain.length === LONGEST_CHAIN) return { ok: false, code: 'certificate_unknown_issuer', chain }
    const issuers = [...roots, ...pool].filter((candidate) => equalBytes(candidate.subject, current.issuer))
    const issuer = await firstThatSigned(issuers, current)
    if (!issuer || equalBytes(issuer.der, current.der)) {
      if (roots.length > 0) return { ok: false, code: 'certificate_unknown_issuer', chain }
      return { ok: true, chain, trusted: false }
    }
    if (!mayIssue(issuer, chain.length - 1))
      return { ok: false, code: 'certificate_issuer_not_authority', chain }
    chain.push(issuer)
  }
}

function faultAt(certificate: Certificate, at: Date): ChainFailure | undefined {
  if (at < certificate.notBefore) return 'certificate_not_yet_valid_at_signing'
  if (at > certificate.notAfter) return 'certificate_expired_at_signing'
  for (const [id, extension] of certificate.extensions) {
    if (extension.critical && !UNDERSTOOD.has(id)) return 'certificate_unknown_critical_extension'
  }
  return undefined
}

async function firstThatSigned(
  issuers: Certificate[],
  certificate: Certificate
): Promise<Certificate | undefined> {
  for (const issuer of issuers) {
    if (await verifySignature(issuer.publicKeyInfo, certificate.signature, certificate.tbs)) return issuer
  }
  return undefined
}

function mayIssue(issuer: Certificate, authoritiesBelow: number): boolean {
  const limit = pathLengthOf(issuer)
  return (
    isCertificateAuthority(issuer) &&
    hasKeyUsage(issuer, KEY_CERT_SIGN) &&
    (limit === undefined || authoritiesBelow <= limit)
  )
}
