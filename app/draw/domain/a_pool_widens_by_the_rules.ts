import type { CameBy } from '#lib/draw/widening'
import type { WideningStep } from '#core/regulation/types'
import { poolPlaceOf, type PoolPlace } from './as_what_an_expert_is_in_the_pool.ts'
import { matchOf } from './expert_matches_the_plan.ts'
import type { ExpertFacts } from './facts.ts'
import { specialtiesOf, type Tags } from './tags_follow_from_the_works.ts'

/** What decides whether, and as what, an expert is in a pool. */
export type PoolFacts = Pick<ExpertFacts, 'specialties' | 'methods'> & {
  readonly lost_specialties: readonly string[]
  /** The city whose library the expert belongs to; null: the regulation's own. */
  readonly home_city: string | null
}

export type Admission<E> = {
  readonly place: PoolPlace
  /** The expert as the further rules see them: as holding the specialty they stand in for. */
  readonly expert: E
  /** Their own specialty, where they stand in for another. */
  readonly standsInWith: string | null
  readonly cameBy: CameBy | null
}

/**
 * Rules DRAW-1, DRAW-4, DRAW-9. Where too few can be drawn, the pool widens by the steps of the regulation file,
 * in their order and one on top of the other, never by hand. Who matches without a step stays as they are. Null
 * for those whom the steps taken do not let in.
 */
export function admissionOf<E extends PoolFacts>(
  expert: E,
  tags: Tags,
  steps: readonly WideningStep[]
): Admission<E> | null {
  for (let taken = 0; taken <= steps.length; taken++) {
    const admitted = withSteps(expert, tags, steps.slice(0, taken))
    if (!admitted) continue
    const step = steps[taken - 1]
    if (!step) return { ...admitted, cameBy: null }
    const fromCity = expert.home_city !== null && step.cities.includes(expert.home_city)
    const from = fromCity ? expert.home_city : admitted.standsInWith!
    return { ...admitted, cameBy: { step: step.code, from } }
  }
  return null
}

/** Specialties by which the library is read once these steps are taken. */
export function specialtiesWithin(tags: Tags, steps: readonly WideningStep[]): string[] {
  const direct = specialtiesOf(tags)
  const near = steps.flatMap(({ specialties }) =>
    specialties.filter(({ of }) => direct.includes(of)).flatMap((one) => one.near)
  )
  return [...new Set([...direct, ...near])].sort()
}

function withSteps<E extends PoolFacts>(
  expert: E,
  tags: Tags,
  steps: readonly WideningStep[]
): Omit<Admission<E>, 'cameBy'> | null {
  const { home_city: city } = expert
  if (city !== null && !steps.some(({ cities }) => cities.includes(city))) return null
  const direct = poolPlaceOf(expert, tags)
  if (direct) return { place: direct, expert, standsInWith: null }
  for (const [wanted, own] of standIns(expert, tags, steps)) {
    // Methods belong to specialties, so a neighbour can't have the ones that the work names.
    const methods = [...expert.methods, ...tags.main.flatMap((tag) => tag.methods)]
    const standing = { ...expert, specialties: [...expert.specialties, wanted], methods }
    const match = matchOf(standing, tags)
    if (!match) continue
    const place = { isMain: match.kind === 'main', specialty: match.specialty }
    return { place, expert: standing, standsInWith: own }
  }
  return null
}

/** What the expert could stand in for, and with which specialty of their own: main ones first. */
function standIns(expert: PoolFacts, tags: Tags, steps: readonly WideningStep[]): [string, string][] {
  const wanted = [...tags.main.flatMap(({ specialties }) => specialties), ...tags.companions]
  const near = (of: string) =>
    steps.flatMap(({ specialties }) => specialties.filter((one) => one.of === of).flatMap((one) => one.near))
  return wanted.flatMap((of): [string, string][] => {
    const own = expert.specialties.find((one) => near(of).includes(one))
    return own === undefined ? [] : [[of, own]]
  })
}
