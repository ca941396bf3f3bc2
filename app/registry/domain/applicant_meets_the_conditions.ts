import type { Regulation } from '#core/regulation/types'
import { type TagFault, tagFaults } from './tags_are_of_the_vocabulary.ts'

export type Applicant = {
  years_in_specialty: number
  recognised_experience: boolean
  title: string
  integrity_declared: boolean
  specialties: readonly string[]
  methods: readonly string[]
}

export type ConditionFault =
  | { code: 'years_too_few'; have: number; need: number }
  | { code: 'title_not_senior' | 'title_unknown'; title: string }
  | { code: 'integrity_not_declared' }
  | TagFault

/**
 * Rules REG-2 (notice 31 of 2018) and REG-3. Years in the specialty or recognised experience, a senior
 * professional title, integrity; specialties and methods from the controlled vocabulary, a method only
 * beside one of its specialties. An empty list admits.
 */
export function conditionFaults(applicant: Applicant, regulation: Regulation): ConditionFault[] {
  const faults: ConditionFault[] = []
  const need = regulation.values['library.years_in_specialty'].value
  const have = applicant.years_in_specialty
  if (!(have >= need) && !applicant.recognised_experience) faults.push({ code: 'years_too_few', have, need })
  const title = regulation.titles.find((one) => one.code === applicant.title)
  if (title === undefined) faults.push({ code: 'title_unknown', title: applicant.title })
  else if (!title.senior) faults.push({ code: 'title_not_senior', title: title.code })
  if (!applicant.integrity_declared) faults.push({ code: 'integrity_not_declared' })
  return [...faults, ...tagFaults(applicant, regulation)]
}
