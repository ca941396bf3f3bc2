import { fromLatin1, type Bytes } from '../../pki/bytes.ts'
import type { FieldFont } from '../sign/field_font.ts'

const NUMBER = String.raw`-?\d{1,5}(?:\.\d{1,2})?`
const PAIR = `${NUMBER} ${NUMBER}`
const TEXT = new RegExp(`^BT 0\\.08 0\\.12 0\\.12 rg /F1 ${NUMBER} Tf ${PAIR} Td <((?:[0-9a-f]{4})+)> Tj ET$`)
const STROKE = new RegExp(`^${PAIR} m(?: ${PAIR} ${PAIR} ${PAIR} c)*(?: ${PAIR} l)? S$`)
const OPEN = 'q 0.08 0.12 0.12 RG 1.1 w 1 J 1 j'
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/

/**
 * Whether an appearance shows a signature and nothing else: strokes of a pen, the expected name, one time. Other
 * operators (images, fills, other fonts, other words) could print a conclusion over a signature's box.
 * Returns the time shown, Asia/Shanghai; undefined when the content is not allowed.
 */
export function timeShown(content: Bytes, name: string, font: FieldFont): Date | undefined {
  const texts: string[] = []
  let open = false
  for (const line of fromLatin1(content).split('\n')) {
    const text = TEXT.exec(line)
    if (text && !open) texts.push(decode(text[1]!, font))
    else if (line === OPEN && !open) open = true
    else if (line === 'Q' && open) open = false
    else if (!(open && STROKE.test(line))) return undefined
  }
  const times = texts.filter((text) => TIME.test(text))
  const others = texts.filter((text) => !TIME.test(text))
  if (open || times.length !== 1 || others.length > 1 || others.some((text) => text !== name))
    return undefined
  return new Date(`${times[0]!.replace(' ', 'T')}+08:00`)
}

function decode(hex: string, font: FieldFont): string {
  return hex
    .match(/.{4}/g)!
    .map((glyph) => font.characters.get(Number.parseInt(glyph, 16)) ?? '�')
    .join('')
}
