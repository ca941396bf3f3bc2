import { nextOpinionState } from '#sessions/domain/opinion_transitions'
import type { OpinionState } from '#sessions/domain/opinions_stay_sealed'
import type { OpinionEntry } from '#lib/room/state'
import type { Projecting } from '#sessions/projections/project'

/**
 * CONC-4: with the conclusion every opinion becomes final, as confirmed by its author or as objected to.
 * A merged one by the author's vote on its item, one left out by the author's answer; silence on being left
 * out counts as agreement, since the author confirmed the conclusion that goes without it.
 */
export async function finalise({ unit, after }: Projecting): Promise<void> {
  for (const opinion of Object.values(after.panel.opinions)) {
    const word = authorsWord(after, opinion)
    const before: OpinionState = opinion.itemId ? 'MERGED' : 'LEFT_OUT'
    const said = nextOpinionState(before, word.event, 'author', word.reason)
    const final = said.ok ? nextOpinionState(said.value, 'finalise', 'program') : said
    if (!final.ok)
      throw new Error(`Opinion ${opinion.opinionId} of a concluded review is ${before}: ${final.error.code}`)
    await unit.update('session_opinions', opinion.opinionId, { state: final.value })
  }
}

function authorsWord(
  { panel }: Projecting['after'],
  opinion: OpinionEntry
): { event: 'confirm' | 'object'; reason: string } {
  if (opinion.leftOut) {
    const { answer } = opinion.leftOut
    return answer && !answer.agree
      ? { event: 'object', reason: answer.reason ?? '' }
      : { event: 'confirm', reason: '' }
  }
  const vote = panel.items.find((item) => item.itemId === opinion.itemId)?.votes[opinion.seatId]
  return vote?.vote === 'object'
    ? { event: 'object', reason: vote.reason ?? '' }
    : { event: 'confirm', reason: '' }
}
