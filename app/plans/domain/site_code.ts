/** Crockford's base 32: no I, L, O, U, so that a code read aloud or typed from a sign is not mistaken. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * Eight characters, 40 bits: not to be guessed at the rate the site page allows (REP-6). `random` gives an
 * integer from 0 to below its argument, each as likely.
 */
export function newSiteCode(random: (below: number) => number): string {
  return Array.from({ length: 8 }, () => ALPHABET[random(ALPHABET.length)]).join('')
}

/** What people type: small letters, O for 0, I and L for 1, spaces and dashes. */
export function readSiteCode(text: string): string {
  return text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
}
