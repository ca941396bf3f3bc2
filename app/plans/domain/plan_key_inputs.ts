import { fail, ok, type Result } from '#lib/result'

export type PlanKeyInputs = { categories: string[]; part: string; permit_code: string; round: number }
export type PlanKeyError = { code: 'permit_code_empty' | 'categories_empty' | 'round_not_positive' }

/**
 * Rule DRAW-6. What makes a plan the same plan, however it is renamed or submitted again: permit code,
 * categories, part of the works and round. Spelling can't vary it: text is NFC, full-width forms are
 * folded to ASCII, letters are upper case, and white space, dashes and other separators are dropped;
 * categories are sorted, each once. The title of a plan is no part of it. `round` counts from 1.
 */
export function planKeyInputs(plan: {
  permit_code: string
  categories: readonly string[]
  part: string
  round: number
}): Result<PlanKeyInputs, PlanKeyError> {
  const permit_code = foldCode(plan.permit_code)
  const categories = [...new Set(plan.categories.map(foldCategory))].filter((one) => one !== '').sort()
  if (permit_code === '') return fail({ code: 'permit_code_empty' })
  if (categories.length === 0) return fail({ code: 'categories_empty' })
  if (!Number.isSafeInteger(plan.round) || plan.round < 1) return fail({ code: 'round_not_positive' })
  return ok({ categories, part: foldCode(plan.part), permit_code, round: plan.round })
}

/** Letters and digits of any script only, NFC, width-folded, upper case. */
export function foldCode(text: string): string {
  return foldWidth(text)
    .toUpperCase()
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '')
    .normalize('NFC')
}

function foldCategory(text: string): string {
  return foldWidth(text)
    .toUpperCase()
    .replace(/[^A-Z_]/g, '')
}

function foldWidth(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
}
