import type { Answer, Fault, Item } from './types.ts'

/** What the answers still lack, as the server will say it (REP-3, REP-10); shown while they are written. */
export function answerFaults(
  items: readonly Item[],
  answerOf: (id: string) => Answer | undefined,
  pages: number
): Fault[] {
  return items.flatMap((item) => faultsOf(item, answerOf(item.id), pages))
}

function faultsOf({ id, kind }: Item, answer: Answer | undefined, pages: number): Fault[] {
  const fault = (code: string): Fault => ({ code, item: id })
  const untouched =
    !answer ||
    (!answer.change.trim() && answer.page === null && !answer.reason.trim() && answer.taken !== false)
  const taken = kind === 'must_fix' ? true : (answer?.taken ?? null)
  if (untouched && taken !== false) return [fault('answer_missing')]
  if (taken === null) return [fault('not_decided')]
  if (!taken) return answer!.reason.trim() ? [] : [fault('reason_missing')]
  return [
    ...(answer!.change.trim() ? [] : [fault('change_missing')]),
    ...(answer!.page === null
      ? [fault('page_missing')]
      : answer!.page > pages
        ? [fault('page_outside')]
        : []),
  ]
}
