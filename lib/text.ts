/** One spelling for what people type in several: width, spaces, invisible characters, dashes, case. */

const FULL_WIDTH = /[\uff01-\uff5e]/g
const IDEOGRAPHIC_SPACE = /\u3000/g
const DASH = /[\u2010-\u2015\u2212\u30fc\ufe58\ufe63]/g
/** White space, and format characters that are not seen (zero-width space, joiners, soft hyphen, BOM). */
const UNSEEN = /[\p{White_Space}\p{Cf}]+/gu

/** Unicode normalisation form C. */
export function nfc(text: string): string {
  return text.normalize('NFC')
}

/** U+FF01 … U+FF5E to ASCII and the ideographic space to a space, in NFC. Nothing else is folded. */
export function foldWidth(text: string): string {
  return nfc(text)
    .replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(IDEOGRAPHIC_SPACE, ' ')
}

/**
 * Folds a code or a place name that decides identity: NFC, width, dashes to '-', ASCII letters upper case,
 * spaces and unseen characters dropped. Two inputs that look alike give one plan key.
 */
export function foldIdentifier(text: string): string {
  return nfc(
    foldWidth(text)
      .replace(DASH, '-')
      .replace(UNSEEN, '')
      .replace(/[a-z]+/g, (letters) => letters.toUpperCase())
  )
}
