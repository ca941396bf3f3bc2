import { compareIds, exactFields, isIntegerBetween, isText } from './read.ts'
import { DRAW_SIZE } from './labels.ts'

/** How many of the ten have a specialty: 0 ≤ min ≤ max ≤ 10. A specialty that no quota names has 0 … 10. */
export type Quota = { readonly specialty: string; readonly min: number; readonly max: number }

/** Quotas as a rules record may hold them: each specialty once, in order, their least numbers no more than ten. */
export function isQuotaList(value: unknown): value is readonly Quota[] {
  if (!Array.isArray(value) || !value.every(isQuota)) return false
  const ordered = value.every(
    ({ specialty }, i) => i === 0 || compareIds(value[i - 1]!.specialty, specialty) < 0
  )
  return ordered && value.reduce((sum, { min }) => sum + min, 0) <= DRAW_SIZE
}

/** Do these specialties, one of each person, keep every quota? */
export function keepsQuotas(specialties: readonly string[], quotas: readonly Quota[]): boolean {
  return quotas.every(({ specialty, min, max }) => {
    const count = specialties.filter((one) => one === specialty).length
    return min <= count && count <= max
  })
}

function isQuota(value: unknown): value is Quota {
  const quota = exactFields(value, ['max', 'min', 'specialty'])
  return (
    quota !== undefined &&
    isText(quota.specialty) &&
    isIntegerBetween(quota.max, 0, DRAW_SIZE) &&
    isIntegerBetween(quota.min, 0, quota.max)
  )
}
