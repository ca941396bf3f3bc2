import type { Regulation } from '#core/regulation/types'

export type TagFault =
  | { code: 'specialty_missing' }
  | { code: 'specialty_unknown'; specialty: string }
  | { code: 'method_without_specialty'; method: string }

/** Rule REG-3. Specialties and methods are of the vocabulary, a method only beside one of its specialties. */
export function tagFaults(
  tags: { specialties: readonly string[]; methods: readonly string[] },
  regulation: Regulation
): TagFault[] {
  const faults: TagFault[] = []
  if (tags.specialties.length === 0) faults.push({ code: 'specialty_missing' })
  const known = new Set(regulation.specialties.map((one) => one.code))
  for (const specialty of tags.specialties) {
    if (!known.has(specialty)) faults.push({ code: 'specialty_unknown', specialty })
  }
  for (const method of tags.methods) {
    const under = regulation.methods.find((one) => one.code === method)?.specialties ?? []
    if (!under.some((one) => tags.specialties.includes(one)))
      faults.push({ code: 'method_without_specialty', method })
  }
  return faults
}
