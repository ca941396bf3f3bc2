import { randomInt } from 'node:crypto'

/** Crockford's base 32: no I, L, O, U, so that a code read aloud or typed from a sign is not mistaken. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Eight random characters, 40 bits: not to be guessed at the rate the site page allows (REP-6). */
export function newSiteCode(): string {
  return Array.from({ length: 8 }, () => ALPHABET[randomInt(32)]).join('')
}

/** What people type: small letters, O for 0, I and L for 1, spaces and dashes. */
export function readSiteCode(text: string): string {
  return text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
}
