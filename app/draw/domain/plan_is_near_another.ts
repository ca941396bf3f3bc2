import type { Regulation } from '#core/regulation/types'
import { containment } from '#lib/near_text/shingles'
import { foldIdentifier } from '#lib/text'
import type { Work } from './facts.ts'

/** A plan as far as it is held against others. */
export interface PlanContent {
  readonly works: readonly Work[]
  readonly permit: string
  /** Name of the project and where it is. */
  readonly site: string
  /** Organisations of its parties, whatever their part. */
  readonly parties: readonly string[]
  /** Hashes of the runs of its text, see `shinglesOf`. */
  readonly shingles: ReadonlySet<number>
}

export interface Nearness {
  /** How much of the shorter text stands in the other, in whole percent; null where one can't be read. */
  readonly textPercent: number | null
  readonly sameSite: boolean
  readonly nearParameters: boolean
  readonly commonParties: number
  /** Why the centre is asked; null where it need not be. */
  readonly why: 'text' | 'text_and_facts' | 'facts' | null
}

/** A text of fewer runs is a scan, or a cover: nothing can be told from it. */
const READABLE = 200

/**
 * Rule DRAW-6. Whether a plan may be an earlier one, renamed or submitted again: nearly its words; or much of
 * them for a work of nearly the same parameters at the same site or among the same parties; or, whatever the
 * words, the same work at the same site among the same parties. Bounds are values of the regulation. What is
 * near is only asked about: a firm's plans share their phrases, and one site has several pits.
 */
export function nearnessOf(one: PlanContent, other: PlanContent, regulation: Regulation): Nearness {
  const value = (name: Bound) => regulation.values[name].value
  const readable = one.shingles.size >= READABLE && other.shingles.size >= READABLE
  const textPercent = readable ? Math.floor(containment(one.shingles, other.shingles) * 100) : null
  const sameSite = siteIsSame(one, other, value('near_plan.site_percent'))
  const nearParameters = parametersAreNear(one, other, value('near_plan.parameter_percent'))
  const commonParties = [...new Set(one.parties)].filter((party) => other.parties.includes(party)).length
  const sameParties = commonParties >= value('near_plan.common_parties')
  const facts = { textPercent, sameSite, nearParameters, commonParties }
  const text = textPercent ?? 0
  if (text >= value('near_plan.text_percent')) return { ...facts, why: 'text' }
  if (!nearParameters || !(sameSite || sameParties)) return { ...facts, why: null }
  if (text >= value('near_plan.text_beside_facts_percent')) return { ...facts, why: 'text_and_facts' }
  return { ...facts, why: sameSite && sameParties ? 'facts' : null }
}

type Bound =
  | 'near_plan.text_percent'
  | 'near_plan.text_beside_facts_percent'
  | 'near_plan.parameter_percent'
  | 'near_plan.site_percent'
  | 'near_plan.common_parties'

/** One permit, or names of project and place that share most of their pairs of characters. */
function siteIsSame(one: PlanContent, other: PlanContent, percent: number): boolean {
  const permit = bareCode(one.permit)
  if (permit !== '' && permit === bareCode(other.permit)) return true
  const a = pairsOf(one.site)
  const b = pairsOf(other.site)
  const common = [...a].filter((pair) => b.has(pair)).length
  return a.size + b.size > 0 && (200 * common) / (a.size + b.size) >= percent
}

const bareCode = (code: string) => foldIdentifier(code).replace(/[^\p{L}\p{N}]/gu, '')

function pairsOf(text: string): Set<string> {
  const bare = [...bareCode(text)]
  return new Set(bare.slice(1).map((char, index) => bare[index]! + char))
}

/**
 * A work of one category in both plans whose numbers differ by no more than a share of the larger, and whose
 * yes and no agree, in all that both name. Where the category has none, the category alone says so.
 */
function parametersAreNear(one: PlanContent, other: PlanContent, percent: number): boolean {
  return one.works.some((work) =>
    other.works.some(
      (another) => another.category === work.category && allNear(work.parameters, another.parameters, percent)
    )
  )
}

function allNear(a: Work['parameters'], b: Work['parameters'], percent: number): boolean {
  return Object.keys(a)
    .filter((name) => Object.hasOwn(b, name))
    .every((name) => {
      const [x, y] = [a[name]!, b[name]!]
      if (typeof x !== 'number' || typeof y !== 'number') return x === y
      return Math.abs(x - y) * 100 <= percent * Math.max(Math.abs(x), Math.abs(y))
    })
}
