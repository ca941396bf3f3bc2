import type { QuotaChances } from '#lib/draw/chances'
import type { CompletedDraw, QuotasResult } from '#lib/draw/draw'
import type { ChancedCell } from '#lib/draw/pool_shape'
import { rational, toNumber } from '#lib/draw/rational'
import { exactText, type ExactText } from '#lib/draw/ruler'
import type { RoundingStep } from '#lib/draw/rounding'
import type { DrawRules } from '#lib/draw/rules'

export interface RoundingPicture {
  readonly by: 'rounding'
  readonly specialties: PictureSpecialty[]
  readonly cells: PictureCell[]
  readonly steps: PictureStep[]
}

export interface PictureSpecialty {
  /** Several main ones joined by "+". */
  readonly specialty: string
  readonly isMain: boolean
  readonly min: number
  readonly max: number
  readonly experts: number
  readonly employers: number
  /** So many of the ten are expected to have it. */
  readonly expected: number
  readonly highest: number
  readonly lowest: number
  /** How many of the ten have it, and which places; null and empty before the result. */
  readonly drawn: number | null
  readonly seats: number[]
}

/** Experts of one employer, by its number in this draw, and one specialty. */
export interface PictureCell {
  readonly employer: number
  readonly specialty: string
  readonly experts: number
  readonly chance: ExactText
  readonly drawn: number | null
}

/** One exchange: what grew and what shrank, how likely that was, and the number that decided it. */
export interface PictureStep {
  readonly step: number
  readonly grew: { employer: number; specialty: string }[]
  readonly shrank: { employer: number; specialty: string }[]
  /** By how much, in persons. */
  readonly by: number
  /** Chance that this way was taken and not the other, 0 … 1. */
  readonly chance: number
  /** The number drawn, 0 … 1; below `limit` the first way is taken. */
  readonly drawn: number
  readonly limit: number
  readonly first: boolean
}

/**
 * Rule DRAW-9. Until the meeting has ended the public sees no more of it than of the seats: which employer's
 * only expert of a specialty was drawn would be a name.
 */
export function withoutCells(picture: RoundingPicture): RoundingPicture {
  const specialties = picture.specialties.map((one) => ({ ...one, seats: [] }))
  return { ...picture, specialties, cells: [], steps: [] }
}

/** A draw with quotas: nobody's name or roster number is in it. */
export function roundingPicture(
  rules: DrawRules,
  { cells, denominator }: QuotaChances,
  completed: CompletedDraw | null
): RoundingPicture {
  const result = completed && (completed.result as QuotasResult)
  return {
    by: 'rounding',
    specialties: specialtiesOf(rules, cells, result),
    cells: cells.map(({ employer, specialty, experts, chance }, i) => {
      return {
        employer,
        specialty,
        experts,
        chance: exactText(chance),
        drawn: result?.cells[i]!.drawn ?? null,
      }
    }),
    steps: result ? result.steps.map((step) => stepOf(step, denominator)) : [],
  }
}

function specialtiesOf(
  rules: DrawRules,
  cells: readonly ChancedCell[],
  result: QuotasResult | null
): PictureSpecialty[] {
  const codes = [...new Set([...rules.quotas, ...cells].map(({ specialty }) => specialty))]
  const found = codes.map((specialty): PictureSpecialty => {
    const own = cells.filter((cell) => cell.specialty === specialty)
    const chances = own.map(({ chance }) => toNumber(chance))
    const seats = result?.seats.filter((seat) => seat.specialty === specialty) ?? []
    const { min, max } = rules.quotas.find((quota) => quota.specialty === specialty) ?? { min: 0, max: 10 }
    return {
      specialty,
      isMain: specialty === rules.panel.mainSpecialty,
      min,
      max,
      experts: own.reduce((sum, { experts }) => sum + experts, 0),
      employers: own.length,
      expected: own.reduce((sum, { experts }, i) => sum + experts * chances[i]!, 0),
      highest: Math.max(0, ...chances),
      lowest: chances.length > 0 ? Math.min(...chances) : 0,
      drawn: result && seats.length,
      seats: seats.map(({ seat }) => seat),
    }
  })
  return found.sort((a, b) => Number(b.isMain) - Number(a.isMain))
}

function stepOf(
  { step, cells, alpha, beta, drawn, direction }: RoundingStep,
  denominator: bigint
): PictureStep {
  const signed = (sign: number) =>
    cells
      .filter((cell) => cell[2] === sign * direction)
      .map(([employer, specialty]) => ({ employer, specialty }))
  const [up, down] = [BigInt(alpha), BigInt(beta)]
  const limit = toNumber(rational(down, up + down))
  return {
    step,
    grew: signed(1),
    shrank: signed(-1),
    by: toNumber(rational(direction > 0 ? up : down, denominator)),
    chance: direction > 0 ? limit : 1 - limit,
    drawn: toNumber(rational(BigInt(drawn), up + down)),
    limit,
    first: direction > 0,
  }
}
