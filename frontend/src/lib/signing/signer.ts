import { sha256, toHex, type Bytes } from '../../../../lib/pki/bytes.ts'
import { signRaw } from '../../../../lib/pki/keys.ts'

/**
 * Who signs, whatever holds the key: this browser's own, a PKCS#12 file opened here, or a service that the
 * person confirms to by phone. Gets signed attributes that have passed `checkWhatYouSign`, never a bare hash.
 */
export interface Signer {
  readonly certificate: Bytes
  /** Lower-case hex; the server prepares for this certificate or refuses. */
  readonly certificateSha256: string
  /** r‖s of 64 bytes for P-256, the plain value for RSA. */
  sign(signedAttributes: Bytes): Promise<Bytes>
}

/** A key that was made in, and cannot leave, this browser. */
export async function keySigner(privateKey: CryptoKey, certificate: Bytes): Promise<Signer> {
  return {
    certificate,
    certificateSha256: toHex(await sha256(certificate)),
    sign: (signedAttributes) => signRaw(privateKey, signedAttributes),
  }
}
