import { m } from '#paraglide/messages.js'
import type { Lack, Vocabulary } from './types.ts'
import { word } from './vocabulary.ts'

export interface LackText {
  title: string
  detail: string
  action: string
  /** Below the plan's address. */
  href: string
}

const pages: Record<Lack['at'], string> = {
  data: 'works',
  works: 'works',
  parties: 'parties',
  version: '',
  chapters: 'content',
  defects: 'content',
}

/** What is missing, why, and where to do it. */
export function lackText(lack: Lack, words: Vocabulary): LackText {
  const role = word(words.parties.find((one) => one.code === lack.params.role))
  const item = String(lack.params.item ?? '')
  const clause =
    words.severeDefects.flatMap((group) => group.items).find((one) => one.code === item)?.zh ?? ''
  const parts = ((lack.params.codes ?? []) as string[]).map((code) => partName(code, words)).join('、')
  const count = Number(lack.params.count ?? 0)
  const known: Record<string, () => [string, string, string]> = {
    permit_missing: () => [m.plan_lack_permit(), m.plan_lack_permit_why(), m.plan_lack_fill()],
    projectPlace_missing: () => [m.plan_lack_place(), m.plan_lack_place_why(), m.plan_lack_fill()],
    works_missing: () => [m.plan_lack_works(), m.plan_lack_works_why(), m.plan_lack_fill()],
    parameters_missing: () => [m.plan_lack_parameters(), m.plan_lack_parameters_why(), m.plan_lack_fill()],
    not_hazardous: () => [m.plan_lack_not_hazardous(), m.plan_lack_not_hazardous_why(), m.plan_lack_check()],
    party_not_named: () => [m.plan_lack_party({ role }), m.plan_lack_party_why(), m.plan_lack_fill()],
    party_must_be_appointed: () => [
      m.plan_lack_party_appointed({ role }),
      m.plan_lack_party_appointed_why(),
      m.plan_lack_fill(),
    ],
    party_without_lead: () => [m.plan_lack_lead({ role }), m.plan_lack_lead_why(), m.plan_lack_fill()],
    file_missing: () => [m.plan_lack_file(), m.plan_lack_file_why(), m.plan_upload_pdf()],
    new_version_needed: () => [m.plan_lack_version(), m.plan_lack_version_why(), m.plan_upload_version()],
    round_version_needed: () => [
      m.plan_lack_round_version(),
      m.plan_lack_round_version_why(),
      m.plan_upload_version(),
    ],
    chapters_missing: () => [m.plan_lack_chapters({ count }), parts, m.plan_lack_pages()],
    drawings_missing: () => [m.plan_lack_drawings({ count }), parts, m.plan_lack_pages()],
    pages_outside: () => [m.plan_lack_outside(), parts, m.plan_lack_pages()],
    items_not_ticked: () => [m.plan_lack_ticks({ count }), m.plan_lack_ticks_why(), m.plan_lack_check()],
    page_missing: () => [m.plan_lack_page({ item }), clause, m.plan_lack_pages()],
    page_outside: () => [m.plan_lack_page_outside({ item }), clause, m.plan_lack_pages()],
    defect_present: () => [m.plan_lack_present({ item }), clause, m.plan_lack_check()],
  }
  const [title, detail, action] = known[lack.code]?.() ?? [
    m.plan_lack_other(),
    lack.code,
    m.plan_lack_check(),
  ]
  const at = pages[lack.at]
  const anchor = item ? `#tick-${item}` : ''
  return { title, detail, action, href: at === '' ? '#versions' : `/${at}${anchor}` }
}

function partName(code: string, words: Vocabulary): string {
  const drawings = words.categories.flatMap((category) => category.drawings)
  return word(words.chapters.find((one) => one.code === code) ?? drawings.find((one) => one.code === code))
}
