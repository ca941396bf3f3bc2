import { evaluateAll } from '#core/regulation/condition'
import type { Regulation } from '#core/regulation/types'
import type { Work } from './facts.ts'

export type MainTag = { category: string; specialties: string[]; methods: string[] }
export type Tags = { main: MainTag[]; companions: string[] }

/**
 * Rule DRAW-1 (NN 2(2), 2(3)) and DRAW-12. The tags that a plan's works ask of its experts: nobody enters
 * them, they follow from category and parameters. Several works, or plans that share a draw, have the union.
 */
export function tagsOf(works: readonly Work[], regulation: Regulation): Tags {
  const main = new Map<string, MainTag>()
  const companions = new Set<string>()
  for (const work of works) {
    const category = regulation.categories.find((one) => one.code === work.category)
    if (category === undefined) throw new Error(`no category ${work.category} in ${regulation.id}`)
    const extra = category.tag_rules.filter((rule) => evaluateAll(rule.when, work.parameters) === true)
    const methods = [...category.methods, ...extra.flatMap((rule) => rule.methods)]
    const before = main.get(category.code)?.methods ?? []
    main.set(category.code, {
      category: category.code,
      specialties: [...category.main_specialties].sort(),
      methods: [...new Set([...before, ...methods])].sort(),
    })
    category.companion_specialties.forEach((one) => companions.add(one))
    extra.flatMap((rule) => rule.companion_specialties).forEach((one) => companions.add(one))
  }
  const sorted = [...main.values()].sort((a, b) => (a.category < b.category ? -1 : 1))
  return { main: sorted, companions: [...companions].sort() }
}

/** Every specialty under which somebody may match: who holds none of them is in no pool of these works. */
export function specialtiesOf(tags: Tags): string[] {
  return [...new Set([...tags.main.flatMap(({ specialties }) => specialties), ...tags.companions])].sort()
}
