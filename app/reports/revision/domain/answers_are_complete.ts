import { answerFaults, type AnswerFault } from '#reports/domain/revision_answers_every_item'
import type { Answer, ItemRow } from '#reports/revision/models/rows'

export type SubmissionFault = AnswerFault | { code: 'page_outside' | 'not_decided'; item: string }

/**
 * Rules REP-3, REP-10. What still keeps the answers from being submitted for a version of this many pages: a page
 * that the version does not have answers nothing; advice is decided one way or the other.
 */
export function submissionFaults(
  items: readonly Pick<ItemRow, 'id' | 'kind'>[],
  answers: ReadonlyMap<string, Answer>,
  pageCount: number
): SubmissionFault[] {
  const given = items.flatMap((item) => {
    const answer = answers.get(item.id)
    const taken = item.kind === 'must_fix' ? true : answer?.taken
    return answer && taken !== null && taken !== undefined ? [{ ...answer, item: item.id, taken }] : []
  })
  const faults: SubmissionFault[] = answerFaults(items, given).map((fault) =>
    fault.code === 'answer_missing' && answers.has(fault.item)
      ? { code: 'not_decided', item: fault.item }
      : fault
  )
  const outside = given.filter(({ taken, page }) => taken && page !== null && page > pageCount)
  return [...faults, ...outside.map(({ item }) => ({ code: 'page_outside' as const, item }))]
}
