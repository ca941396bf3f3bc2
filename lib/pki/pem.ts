import type { Bytes } from './bytes.ts'

/** One RFC 7468 block, lines of 64 characters. */
export function toPem(label: string, der: Uint8Array): string {
  let binary = ''
  for (const byte of der) binary += String.fromCharCode(byte)
  const lines = btoa(binary).match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

/** The DER of every block with this label, in order; none when there is none. Throws on bad base64. */
export function fromPem(label: string, pem: string): Bytes[] {
  const pattern = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`, 'g')
  const found: Bytes[] = []
  for (const match of pem.matchAll(pattern)) {
    const binary = atob(match[1]!.replace(/\s+/g, ''))
    found.push(Uint8Array.from(binary, (character) => character.charCodeAt(0)))
  }
  return found
}
