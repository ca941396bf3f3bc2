const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 8

/**
 * Rules REP-1 and REP-6. A report's or a site's code: 8 characters of Crockford's base 32, 40 bits. `random`
 * gives that many bytes from a cryptographic source; five make one code, without bias.
 */
export function newPublicCode(random: (bytes: number) => Uint8Array): string {
  let bits = 0n
  for (const byte of random(5)) bits = (bits << 8n) | BigInt(byte)
  let code = ''
  for (let i = LENGTH - 1; i >= 0; i--) code += ALPHABET[Number((bits >> BigInt(i * 5)) & 31n)]
  return code
}

/**
 * Reads a code as people type it: either case, full width, O for 0, I and L for 1, with blanks and hyphens.
 * Null for whatever is not exactly one code; U stands for nothing in this alphabet.
 */
export function parsePublicCode(text: string): string | null {
  const code = text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .toUpperCase()
    .replace(/[\s\-–—]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if (code.length !== LENGTH) return null
  return [...code].every((character) => ALPHABET.includes(character)) ? code : null
}

/** As printed beside a QR code: two groups of four. */
export function printPublicCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`
}
