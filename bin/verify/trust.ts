import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
<<<<<<< HEAD
import { TrustError, trustOf, type Trust } from '#lib/verify/trust'

/**
 * Reads a trust file, or all of a folder. What is not there is not trusted; an absent folder is an empty one.
 * @throws TrustError when a certificate is malformed, or what `required` asks for is not there.
=======
import { isHex } from '#lib/bytes'
import type { DrawTrust } from '#lib/draw/verify_evidence'
import { parseCertificate } from '#lib/pki/certificate'
import { DerError } from '#lib/pki/der_read'
import { fromPem } from '#lib/pki/pem'
import { parseVerifierKey, type VerifierKey } from '#lib/tlog/keys'

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

/**
 * Reads a trust file, or all of a folder: `*.pem` are root certificates; JSON names a party of the draw
 * ({"party": "server" | "witness", "vrfKey": hex}); `*.vkey` are keys of ledgers and cosigners, one a line. What is not there is not trusted; an absent folder is an
 * empty one. @throws TrustError when a certificate or key is malformed, or what `required` asks for is not there.
>>>>>>> db6341a (The ledger is published as tiles under checkpoints that the witness cosigns; what was wound back or rewritten is not signed)
 */
export async function readTrust(path: string, { required }: { required: boolean }): Promise<Trust> {
  const files = await trustFiles(path)
  if (!files && required) throw new TrustError(path)
<<<<<<< HEAD
  return trustOf(
    await Promise.all((files ?? []).map(async (name) => ({ name, text: await readFile(name, 'utf8') })))
  )
=======
  const serverVrfKeys: string[] = []
  const witnessVrfKeys: string[] = []
  const roots: string[] = []
  const ledger: VerifierKey[] = []
  for (const file of files ?? []) {
    const text = await readFile(file, 'utf8')
    if (file.endsWith('.vkey')) {
      ledger.push(...verifierKeys(file, text))
      continue
    }
    if (text.includes('-----BEGIN CERTIFICATE-----')) {
      checkCertificates(file, text)
      roots.push(text)
      continue
    }
    const pinned = partyKey(text)
    if (pinned?.party === 'server') serverVrfKeys.push(pinned.vrfKey)
    if (pinned?.party === 'witness') witnessVrfKeys.push(pinned.vrfKey)
  }
  return { draw: { serverVrfKeys, witnessVrfKeys }, ledger, roots }
}

function verifierKeys(file: string, text: string): VerifierKey[] {
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line) => {
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
>>>>>>> db6341a (The ledger is published as tiles under checkpoints that the witness cosigns; what was wound back or rewritten is not signed)
}

async function trustFiles(path: string): Promise<string[] | null> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  })
  if (!found) return null
  if (!found.isDirectory()) return [path]
  const names = (await readdir(path)).filter((name) => /\.(json|pem|crt|vkey)$/i.test(name)).sort()
  return names.map((name) => join(path, name))
}
