import type { Candidate } from '#lib/draw/pool'
import type { Regulation, WideningStep } from '#core/regulation/types'
import { admissionOf, type PoolFacts } from './a_pool_widens_by_the_rules.ts'
import { exclusionsOf } from './exclusions.ts'
import type { DrawFacts, Exclusion, ExpertFacts } from './facts.ts'
import { type Tags, tagsOf } from './tags_follow_from_the_works.ts'

/** One expert of the library with what the pool shows of them. */
export type PoolExpert = ExpertFacts &
  PoolFacts & {
    readonly userId: string
    readonly rosterNo: string
    readonly name: string
    readonly employer: { readonly id: string; readonly name: string }
  }

export type PoolCandidate = Candidate & {
  readonly expertId: string
  readonly userId: string
  /** The expert's own specialty by which they are in, of several main ones the one they hold. */
  readonly matched: string
  readonly isMain: boolean
  /** For the excluded themselves: which of their own employers a reason follows from. Not in the committed leaf. */
  readonly because?: readonly Because[]
}

export interface Because {
  readonly code: string
  readonly employer: string
}

const NOT_YET_IN_THE_LIBRARY: readonly string[] = ['applied', 'in_review', 'in_publicity']

/**
 * Rules DRAW-1, DRAW-5, DRAW-6, DRAW-8. The pool of a draw: every expert of the library whose specialty
 * fits the plan or lately did, with the reasons of those who are out; and once steps of widening are taken,
 * those whom they let in. Experts of others are in no pool.
 */
export function poolCandidates(
  library: readonly PoolExpert[],
  draw: DrawFacts,
  regulation: Regulation,
  steps: readonly WideningStep[] = []
): PoolCandidate[] {
  const tags = tagsOf(draw.works, regulation)
  const main = mainSpecialtyCode(tags)
  const members = library.filter((expert) => !NOT_YET_IN_THE_LIBRARY.includes(expert.state))
  return members.flatMap((expert): PoolCandidate[] => {
    const admitted = admissionOf(expert, tags, steps)
    if (!admitted) return []
    const { place, standsInWith, cameBy } = admitted
    const exclusions = exclusionsOf(admitted.expert, draw, regulation)
    const because = becauseOf(exclusions)
    return [
      {
        id: expert.rosterNo,
        name: expert.name,
        employerId: expert.employer.id,
        employerName: expert.employer.name,
        specialty: place.isMain ? main : place.specialty,
        excluded: reasonCode(exclusions),
        expertId: expert.id,
        userId: expert.userId,
        matched: standsInWith ?? place.specialty,
        isMain: place.isMain,
        ...(cameBy && { cameBy }),
        ...(because.length > 0 && { because }),
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

/** A group may bring several parties to one employer: it is named once. */
function becauseOf(exclusions: readonly Exclusion[]): Because[] {
  const named = exclusions.flatMap(({ code, employer }) => (employer ? [{ code, employer }] : []))
  return named.filter(
    (one, i) => named.findIndex((other) => other.code === one.code && other.employer === one.employer) === i
  )
}
