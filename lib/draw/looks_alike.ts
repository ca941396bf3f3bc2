import { canonicalJson } from '../canonical_json.ts'
import type { PlanIdentity } from './plan_key.ts'

/**
 * What a reader takes two spellings of one plan for, whatever the round. Coarser than the plan key, which is for life
 * and can't follow every habit of writing: 三区, 3区 and 第３-区 are one here, А of another script is A.
 */
export function looksOf({ permit, categories, part }: Omit<PlanIdentity, 'round'>): string {
  const sorted = [...new Set(categories.map(looks))].sort()
  return canonicalJson([looks(permit), sorted, looks(part)])
}

/** Whether two plans are of one construction permit, however it is spelt. */
export function samePermit(a: { permit: string }, b: { permit: string }): boolean {
  return looks(a.permit) === looks(b.permit)
}

const ROMAN = 'ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ'
/** Capitals of Cyrillic and Greek that are drawn as Latin ones. */
const FOREIGN = 'АВЕКМНОРСТХУІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ'
const LATIN = 'ABEKMHOPCTXYIJSABEZHIKMNOPTYX'
/** As spoken, and as written on cheques. */
const DIGITS = ['零〇', '一壹', '二贰貳两', '三叁參', '四肆', '五伍', '六陆陸', '七柒', '八捌', '九玖']
const DIGIT_OF = new Map(DIGITS.flatMap((spelt, digit) => [...spelt].map((one) => [one, digit] as const)))
const UNIT_OF = new Map([
  ['十', 10],
  ['拾', 10],
  ['百', 100],
  ['佰', 100],
])
const NUMERAL = new RegExp(`[${DIGITS.join('')}${[...UNIT_OF.keys()].join('')}]+`, 'gu')
/** 第三号 is 三: what only says that a number is one. */
const ORDINAL = /[第号號]/gu

/** Letters and digits alone, of one script, one case and one kind of numeral. */
function looks(text: string): string {
  return text
    .replace(/[Ⅰ-Ⅻ]/gu, (one) => String(ROMAN.indexOf(one) + 1))
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/[Α-ΩА-ЯЅІЈ]/gu, (one) => LATIN[FOREIGN.indexOf(one)] ?? one)
    .replace(ORDINAL, '')
    .replace(NUMERAL, (numeral) => arabic([...numeral]))
}

/** 十二 is 12 and 一二 is 12 too. */
function arabic(numeral: readonly string[]): string {
  if (!numeral.some((one) => UNIT_OF.has(one))) return numeral.map((one) => DIGIT_OF.get(one)!).join('')
  let sum = 0
  let digit = 0
  let spoken = false
  for (const one of numeral) {
    const unit = UNIT_OF.get(one)
    if (unit === undefined) {
      digit = digit * 10 + DIGIT_OF.get(one)!
      spoken = true
      continue
    }
    sum += (spoken ? digit : 1) * unit
    digit = 0
    spoken = false
  }
  return String(sum + digit)
}
