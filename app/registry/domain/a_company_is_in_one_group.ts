import { fail, ok, type Result } from '#lib/result'

/** First and last day in a group, YYYY-MM-DD; null: since ever, or to this day. */
export interface GroupDays {
  readonly from: string | null
  readonly until: string | null
}

export type GroupError = { code: 'E_DAYS_OUT_OF_ORDER' | 'E_IN_ANOTHER_GROUP' }

const EVER = '0000-00-00'
const NEVER = '9999-12-31'

/** Rule DRAW-5. A company belongs to one group of companies (集团) at a time. */
export function groupMembershipFits(one: GroupDays, others: readonly GroupDays[]): Result<null, GroupError> {
  if ((one.until ?? NEVER) < (one.from ?? EVER)) return fail({ code: 'E_DAYS_OUT_OF_ORDER' })
  const overlaps = others.some(
    (other) => (other.from ?? EVER) <= (one.until ?? NEVER) && (one.from ?? EVER) <= (other.until ?? NEVER)
  )
  return overlaps ? fail({ code: 'E_IN_ANOTHER_GROUP' }) : ok(null)
}
