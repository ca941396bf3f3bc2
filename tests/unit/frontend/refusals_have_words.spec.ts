import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Codes that a person at a page never meets. */
const NOT_ON_PAGES = new Set([
  // Commands.
  ...['E_CLOCK_FUTURE', 'E_CSV_QUOTE', 'E_MOBILE_TAKEN', 'E_OUTSIDE_LOG', 'E_ROOT_OFFLINE', 'E_ROWS'],
  ...['E_DRY_RUN', 'E_SHEET_FORMULA', 'E_SHEET_TOO_LARGE', 'E_SHEET_UNREADABLE', 'E_FILE_REFUSED'],
  // Other programs, or pages that were tampered with.
  ...['E_CONTENT_TYPE', 'E_CSR', 'E_IDEMPOTENCY_KEY', 'E_OPERATION_TYPE', 'E_OPERATION_ID', 'E_CUT'],
  ...['E_REGION_WITHOUT_PAGE', 'E_PARTY_UNKNOWN', 'E_SCAN_INCOMPLETE'],
  // Said on the form, beside what is missing, by the fields of the refusal.
  ...['E_UPLOAD_INCOMPLETE', 'E_IMAGE_REFUSED'],
])

const sourcesOf = (folder: string): string =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|svelte)$/.test(name))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))
    .join('\n')

/** Codes that these sources refuse with. */
function refusedWith(sources: string): string[] {
  const found = sources.matchAll(/(?:code: |Refusal\(\d+, |refuse\()'(E_[A-Z_]+)'/g)
  return [...new Set([...found].map((match) => match[1]!))].sort()
}

const withoutWords = (codes: readonly string[], pages: string): string[] =>
  codes.filter((code) => !new RegExp(`\\b${code}\\b`).test(pages))

test.group('Refusals', () => {
  test('finds one that no page has words for', ({ assert }) => {
    const codes = refusedWith(`fail({ code: 'E_ONE' }); throw new Refusal(409, 'E_TWO'); refuse('E_THREE')`)
    assert.deepEqual(codes, ['E_ONE', 'E_THREE', 'E_TWO'])
    assert.deepEqual(withoutWords(codes, `E_ONE: () => m.one(), E_TWO_MORE, E_THREE`), ['E_TWO'])
  })

  test('each that a person can meet has a sentence, and no exception is left over', ({ assert }) => {
    const codes = refusedWith(sourcesOf('app'))
    assert.isAbove(codes.length, 80)
    assert.sameMembers(withoutWords(codes, sourcesOf('frontend/src')), [...NOT_ON_PAGES])
  })
})
