import type { Candidate } from '#lib/draw/pool'
import type { Regulation } from '#core/regulation/types'
import { exclusionsOf } from './exclusions.ts'
import { poolPlaceOf } from './as_what_an_expert_is_in_the_pool.ts'
import type { DrawFacts, Exclusion, ExpertFacts } from './facts.ts'
import { type Tags, tagsOf } from './tags_follow_from_the_works.ts'

/** One expert of the library with what the pool shows of them. */
export type PoolExpert = ExpertFacts & {
  readonly userId: string
  readonly rosterNo: string
  readonly name: string
  readonly employer: { readonly id: string; readonly name: string }
  /** Specialties that were taken off the expert lately. */
  readonly lost_specialties: readonly string[]
}

export type PoolCandidate = Candidate & {
  readonly expertId: string
  readonly userId: string
  /** The specialty under which the expert matches, of several main ones the expert's own. */
  readonly matched: string
  readonly isMain: boolean
}

const NOT_YET_IN_THE_LIBRARY: readonly string[] = ['applied', 'in_review', 'in_publicity']

/**
 * Rules DRAW-1, DRAW-5, DRAW-6, DRAW-8. The pool of a draw: every expert of the library whose specialty
 * fits the plan or lately did, with the reasons of those who are out. Experts of others are in no pool.
 */
export function poolCandidates(
  library: readonly PoolExpert[],
  draw: DrawFacts,
  regulation: Regulation
): PoolCandidate[] {
  const tags = tagsOf(draw.works, regulation)
  const main = mainSpecialtyCode(tags)
  const members = library.filter((expert) => !NOT_YET_IN_THE_LIBRARY.includes(expert.state))
  return members.flatMap((expert): PoolCandidate[] => {
    const place = poolPlaceOf(expert, tags)
    if (!place) return []
    const { isMain } = place
    return [
      {
        id: expert.rosterNo,
        name: expert.name,
        employerId: expert.employer.id,
        employerName: expert.employer.name,
        specialty: isMain ? main : place.specialty,
        excluded: reasonCode(exclusionsOf(expert, draw, regulation)),
        expertId: expert.id,
        userId: expert.userId,
        matched: place.specialty,
        isMain,
      },
    ]
  })
}

/** The main specialty as the draw's rules record names it; several main ones count as one. */
export function mainSpecialtyCode(tags: Tags): string {
  return [...new Set(tags.main.flatMap(({ specialties }) => specialties))].sort().join('+')
}

/** All reasons in their fixed order, joined by "+"; null for the eligible. */
function reasonCode(exclusions: readonly Exclusion[]): string | null {
  return exclusions.length === 0 ? null : [...new Set(exclusions.map(({ code }) => code))].join('+')
}
