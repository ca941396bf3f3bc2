import type { ExpertFacts } from './facts.ts'
import type { Tags } from './tags_follow_from_the_works.ts'

export type Match = { kind: 'main' | 'companion'; specialty: string }

/**
 * Rule DRAW-1. As what an expert matches a plan: of a main specialty when they hold one, and where the work
 * names methods (pipe jacking, say) one of those too; else of a companion specialty; else not at all.
 */
export function matchOf(expert: Pick<ExpertFacts, 'specialties' | 'methods'>, tags: Tags): Match | null {
  for (const tag of tags.main) {
    const specialty = tag.specialties.find((one) => expert.specialties.includes(one))
    const skilled = tag.methods.length === 0 || tag.methods.some((one) => expert.methods.includes(one))
    if (specialty !== undefined && skilled) return { kind: 'main', specialty }
  }
  const companion = tags.companions.find((one) => expert.specialties.includes(one))
  return companion === undefined ? null : { kind: 'companion', specialty: companion }
}
