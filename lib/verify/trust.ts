import { isHex } from '../bytes.ts'
import { isBeaconChain } from '../draw/beacon.ts'
import type { DrawTrust } from '../draw/verify_evidence.ts'
import type { BeaconChain } from '../drand.ts'
import { parseCertificate } from '../pki/certificate.ts'
import { DerError } from '../pki/der_read.ts'
import { fromPem } from '../pki/pem.ts'
import { parseVerifierKey, type VerifierKey } from '../tlog/keys.ts'

/** Keys and roots that the reader trusts; they never come from what is being verified. */
export interface Trust {
  readonly draw: DrawTrust
  /** Keys of ledgers and of the witnesses that cosign them. */
  readonly ledger: readonly VerifierKey[]
  /** PEM texts of root certificates. */
  readonly roots: readonly string[]
}

/** What was given as trust cannot be read: that is no fault of what is being verified. */
export class TrustError extends Error {}

/** A file of a trust folder, by its name in messages. */
export interface TrustFile {
  readonly name: string
  readonly text: string
}

/**
 * What trust files hold: PEM texts are root certificates; JSON names a party of the draw
 * ({"party": "server" | "witness", "vrfKey": hex}), or a beacon ({"party": "beacon", "chain": {…}}); `*.vkey` are keys of ledgers and cosigners, one a line. Other text is passed over.
 * @throws TrustError when a certificate or key is malformed.
 */
export function trustOf(files: readonly TrustFile[]): Trust {
  const serverVrfKeys: string[] = []
  const witnessVrfKeys: string[] = []
  const roots: string[] = []
  const ledger: VerifierKey[] = []
  const beacons: BeaconChain[] = []
  for (const { name, text } of files) {
    if (text.includes('-----BEGIN CERTIFICATE-----')) {
      checkCertificates(name, text)
      roots.push(text)
      continue
    }
    if (name.endsWith('.vkey')) {
      ledger.push(...verifierKeys(name, text))
      continue
    }
    const { party, vrfKey, chain } = objectIn(text)
    if (party === 'server' && isHex(vrfKey, 32)) serverVrfKeys.push(vrfKey)
    if (party === 'witness' && isHex(vrfKey, 32)) witnessVrfKeys.push(vrfKey)
    if (party !== 'beacon') continue
    if (!isBeaconChain(chain)) throw new TrustError(name)
    beacons.push(chain)
  }
  return { draw: { serverVrfKeys, witnessVrfKeys, ledgerKeys: ledger, beacons }, ledger, roots }
}

function verifierKeys(file: string, text: string): VerifierKey[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const key = parseVerifierKey(line)
      if (!key.ok) throw new TrustError(file)
      return key.value
    })
}

function checkCertificates(file: string, pem: string): void {
  try {
    if (fromPem('CERTIFICATE', pem).map(parseCertificate).length > 0) return
  } catch (error) {
    // Bad base64 is an InvalidCharacterError, a DOMException.
    if (!(error instanceof DerError) && !(error instanceof DOMException)) throw error
  }
  throw new TrustError(file)
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}
