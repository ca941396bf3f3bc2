export type ReportItem = { id: string; kind: 'must_fix' | 'advice' }
export type ItemAnswer = {
  item: string
  taken: boolean
  change: string
  page: number | null
  /** Why advice was not taken. */
  reason: string
}

export type AnswerFault =
  | { code: 'answer_missing'; item: string }
  | { code: 'must_fix_not_taken'; item: string }
  | { code: 'change_missing' | 'page_missing' | 'reason_missing'; item: string }
  | { code: 'unknown_item'; item: string }

/**
 * Rules REP-3 (NN 4(7), Order 37 article 13) and REP-10 (NN 4(4)). Each must-fix item is answered with the
 * change and its page; advice is taken (change, page) or not (reason). An empty list may go to the leader.
 */
export function answerFaults(items: readonly ReportItem[], answers: readonly ItemAnswer[]): AnswerFault[] {
  const known = new Set(items.map((item) => item.id))
  const strays = answers
    .filter((answer) => !known.has(answer.item))
    .map((answer): AnswerFault => ({ code: 'unknown_item', item: answer.item }))
  return [
    ...items.flatMap((item) =>
      faultsOf(
        item,
        answers.findLast((one) => one.item === item.id)
      )
    ),
    ...strays,
  ]
}

function faultsOf({ id: item, kind }: ReportItem, answer: ItemAnswer | undefined): AnswerFault[] {
  if (answer === undefined) return [{ code: 'answer_missing', item }]
  if (!answer.taken) {
    if (kind === 'must_fix') return [{ code: 'must_fix_not_taken', item }]
    return answer.reason.trim() === '' ? [{ code: 'reason_missing', item }] : []
  }
  const faults: AnswerFault[] = []
  if (answer.change.trim() === '') faults.push({ code: 'change_missing', item })
  if (answer.page === null || !Number.isSafeInteger(answer.page) || answer.page < 1)
    faults.push({ code: 'page_missing', item })
  return faults
}

export type LeaderFault =
  | { code: 'not_the_leader' }
  | { code: 'item_not_judged'; item: string }
  | { code: 'item_rejected'; item: string }
  | { code: 'opinion_empty' }
  | { code: 'version_not_the_revision' }

/** Rule REP-3. The leader's opinion: on the revised version, every item judged, in words. */
export function leaderOpinionFaults(
  items: readonly ReportItem[],
  opinion: {
    by: string
    leader: string
    text: string
    version_hash: string
    revision_hash: string
    judged: Readonly<Record<string, boolean>>
  }
): LeaderFault[] {
  const faults: LeaderFault[] = []
  if (opinion.by !== opinion.leader) faults.push({ code: 'not_the_leader' })
  if (opinion.version_hash !== opinion.revision_hash) faults.push({ code: 'version_not_the_revision' })
  if (opinion.text.trim() === '') faults.push({ code: 'opinion_empty' })
  for (const { id: item } of items.filter((one) => one.kind === 'must_fix')) {
    const judged = Object.hasOwn(opinion.judged, item) ? opinion.judged[item] : undefined
    if (judged === undefined) faults.push({ code: 'item_not_judged', item })
    if (judged === false) faults.push({ code: 'item_rejected', item })
  }
  return faults
}
