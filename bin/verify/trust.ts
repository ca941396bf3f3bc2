import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isHex } from '#lib/bytes'
import type { DrawTrust } from '#lib/draw/verify_evidence'
import { parseCertificate } from '#lib/pki/certificate'
import { DerError } from '#lib/pki/der_read'
import { fromPem } from '#lib/pki/pem'

/** Keys and roots that the reader trusts; they never come from what is being verified. */
export interface Trust {
  readonly draw: DrawTrust
  /** PEM texts of root certificates. */
  readonly roots: readonly string[]
}

/** What was given as trust cannot be read: that is no fault of what is being verified. */
export class TrustError extends Error {}

/**
 * Reads a trust file, or all of a folder: `*.pem` are root certificates; JSON names a party of the draw
 * ({"party": "server" | "witness", "vrfKey": hex}). What is not there is not trusted; an absent folder is an
 * empty one. @throws TrustError when a certificate is malformed, or what `required` asks for is not there.
 */
export async function readTrust(path: string, { required }: { required: boolean }): Promise<Trust> {
  const files = await trustFiles(path)
  if (!files && required) throw new TrustError(path)
  const serverVrfKeys: string[] = []
  const witnessVrfKeys: string[] = []
  const roots: string[] = []
  for (const file of files ?? []) {
    const text = await readFile(file, 'utf8')
    if (text.includes('-----BEGIN CERTIFICATE-----')) {
      checkCertificates(file, text)
      roots.push(text)
      continue
    }
    const pinned = partyKey(text)
    if (pinned?.party === 'server') serverVrfKeys.push(pinned.vrfKey)
    if (pinned?.party === 'witness') witnessVrfKeys.push(pinned.vrfKey)
  }
  return { draw: { serverVrfKeys, witnessVrfKeys }, roots }
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

async function trustFiles(path: string): Promise<string[] | null> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  })
  if (!found) return null
  if (!found.isDirectory()) return [path]
  const names = (await readdir(path)).filter((name) => /\.(json|pem|crt)$/i.test(name)).sort()
  return names.map((name) => join(path, name))
}

function partyKey(text: string): { party: string; vrfKey: string } | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  const { party, vrfKey } = (value ?? {}) as { party?: unknown; vrfKey?: unknown }
  return typeof party === 'string' && isHex(vrfKey, 32) ? { party, vrfKey } : null
}
