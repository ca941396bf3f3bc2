import { foldIdentifier } from './text.ts'

/** Brackets, however they are drawn: all mean the same in a company's name. */
const OPENING = /[[{<〈《「『【〔〖]/g
const CLOSING = /[\]}>〉》」』】〕〗]/g
/** The dot between parts of a name, of which keyboards have several. */
const DOT = /[·•‧∙⋅・・]/g

/**
 * What a company's name is compared by: NFKC, one kind of brackets, dots and dashes, letters in upper case, without
 * spaces or unseen characters. Two spellings that a reader takes for one company give one key.
 */
export function companyKey(name: string): string {
  return foldIdentifier(name.normalize('NFKC'))
    .replace(OPENING, '(')
    .replace(CLOSING, ')')
    .replace(DOT, '·')
    .normalize('NFC')
}
