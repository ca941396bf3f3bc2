import type { Actor } from '#core/actor'
import { regulation } from '#core/jurisdiction'
import { recordResult } from '#ledger/public'
import { fail, ok, type Result } from '#lib/result'
import { reviewStream } from '#reviews/public'
import type { Answers } from '#reports/models/rows'
import { lockReport, membersOf } from '#reports/queries/load_report'

export type SaveTextsError =
  | { code: 'E_NOT_THE_LEADER' }
  | { code: 'E_ALREADY_CERTIFIED' }
  | { code: 'E_TEXTS_CHANGED'; revision: number }
  | { code: 'E_OVERVIEW_TOO_LONG'; characters: number; most: number }

/**
 * REP-1: the leader's wording of overview and answers, saved as it is typed. `revision` is what the page last
 * saw: of two tabs the second is told instead of overwriting the first.
 */
export async function saveTexts(
  actor: Actor,
  reportId: string,
  input: { overview: string; answers: Answers; revision: number }
): Promise<Result<{ revision: number; savedAt: string }, SaveTextsError>> {
  const most = (await regulation()).values['report.summary_maximum_characters'].value
  const characters = [...input.overview].length
  if (characters > most) return fail({ code: 'E_OVERVIEW_TOO_LONG', characters, most })
  return recordResult(actor, async (unit) => {
    const report = await lockReport(unit.trx, reportId)
    const leader = (await membersOf(reportId, unit.trx)).find(({ role }) => role === 'leader')
    if (leader?.user_id !== actor.userId) return fail({ code: 'E_NOT_THE_LEADER' as const })
    if (report.state !== 'writing') return fail({ code: 'E_ALREADY_CERTIFIED' as const })
    if (report.texts_revision !== input.revision)
      return fail({ code: 'E_TEXTS_CHANGED' as const, revision: report.texts_revision })
    const revision = report.texts_revision + 1
    const { overview, answers } = input
    await unit.update('reports', reportId, {
      overview,
      answers,
      texts_revision: revision,
      texts_saved_at: unit.at,
    })
    unit.entry({ stream: reviewStream(report.review_id), type: 'report.texts_saved', payload: { revision } })
    return ok({ revision, savedAt: unit.at.toISOString() })
  })
}
