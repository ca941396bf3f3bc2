import { matchOf } from './expert_matches_the_plan.ts'
import type { ExpertFacts } from './facts.ts'
import { specialtiesOf, type Tags } from './tags_follow_from_the_works.ts'

export type PoolPlace = { isMain: boolean; specialty: string }

/**
 * Rules DRAW-1, DRAW-9. As what an expert stands in the pool of a plan; null for those whom it does not
 * concern. Who holds a specialty of the plan but none of the methods it names stands there as excluded, and so
 * does who held one until lately: a library that is shaped just before a draw has to show.
 */
export function poolPlaceOf(
  expert: Pick<ExpertFacts, 'specialties' | 'methods'> & { readonly lost_specialties: readonly string[] },
  tags: Tags
): PoolPlace | null {
  const match = matchOf(expert, tags)
  if (match) return { isMain: match.kind === 'main', specialty: match.specialty }
  const held = [...expert.specialties, ...expert.lost_specialties]
  const near = specialtiesOf(tags).find((one) => held.includes(one))
  if (near === undefined) return null
  return { isMain: tags.main.some(({ specialties }) => specialties.includes(near)), specialty: near }
}
