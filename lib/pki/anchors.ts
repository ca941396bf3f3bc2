import { isCertificateAuthority, parseCertificate, type Certificate } from './certificate.ts'
import { fromPem } from './pem.ts'

/**
 * Of the certificates given, those that may certify others. A seal's own, pinned beside its root, must not end
 * its chain early. Throws DerError when one is malformed: what the reader trusts is no fault of the file.
 */
export function anchorsOf(roots: readonly string[]): Certificate[] {
  return roots
    .flatMap((pem) => fromPem('CERTIFICATE', pem))
    .map(parseCertificate)
    .filter(isCertificateAuthority)
}
